// Elements out of plain values. Text only ever becomes text nodes; nothing here parses HTML.

const SVG = 'http://www.w3.org/2000/svg';
const ICONS = {
  chat: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12h5',
  close: 'M6 6l12 12 M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  fresh: 'M12 5v14 M5 12h14',
  send: 'M5 12h13 M12 5l7 7-7 7',
  stop: 'M7 7h10v10H7z',
  up: 'M7 10v10H4V10zM7 10l4-7c1.5 0 2.4 1 2.2 2.6L12.6 9H19c1.1 0 1.9 1 1.6 2l-1.8 7.4c-.2.9-1 1.6-2 1.6H7',
};

function make(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== ''));
  return node;
}

function button(className, label, onclick, ...children) {
  const named = children.length ? { 'aria-label': label, title: label } : {};
  const inside = children.length ? children : [label];
  return make('button', { type: 'button', class: className, ...named, onclick }, ...inside);
}

function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

// Text with its figures in bold.
function figures(text) {
  const pieces = [];
  let position = 0;
  for (const match of text.matchAll(FIGURE)) {
    const end = match.index + match[0].length;
    const opensLine = !text.slice(0, match.index).replace(/[（( ]/g, '');
    if (!match.groups.figure || (opensLine && /^[.．、)）]/.test(text.slice(end)))) continue;
    pieces.push(text.slice(position, match.index), make('strong', {}, match[0]));
    position = end;
  }
  return [...pieces, text.slice(position)];
}

// Text with its marks as buttons; a number that no citation bears stays text.
function rich(text, citations, onMark) {
  const pieces = [];
  let position = 0;
  for (const match of text.matchAll(/\[(\d{1,3})\]/g)) {
    const citation = citations.find((known) => known.number === Number(match[1]));
    if (!citation) continue;
    pieces.push(...figures(text.slice(position, match.index)), markOf(citation, onMark));
    position = match.index + match[0].length;
  }
  return [...pieces, ...figures(text.slice(position))];
}

function paragraphs(text, citations, onMark) {
  const lines = String(text || '').split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  return lines.map((line) => make('p', {}, ...rich(line, citations, onMark)));
}

function markOf(citation, onMark) {
  const label = say(TEXT.mark_label, { number: citation.number, place: placeOf(citation) });
  const mark = button('mark', label, () => onMark(citation, mark), `[${citation.number}]`);
  mark.removeAttribute('title'); // the tip says more
  mark.tip = [placeOf(citation), `“${oneLine(citation.quote)}”`];
  return mark;
}

function placeOf(citation) {
  const number = citation.document_number ? `（${citation.document_number}）` : '';
  return `《${citation.title}》${number}${citation.label}`;
}

function oneLine(text) {
  return String(text || '').replace(/\s+/g, '');
}

// Where the words of a quote stand in the text of its clause. The quote is a slice of the file: it
// may hold white space and marks of the layout that the clause does not have.
function quotedSpan(text, quote) {
  const places = [];
  for (let i = 0; i < text.length; i += 1) if (!/\s/.test(text[i])) places.push(i);
  const solid = places.map((place) => text[place]).join('');
  const words = oneLine(quote);
  if (!words) return null;
  let [start, length] = [solid.indexOf(words), words.length];
  if (start < 0) [start, length] = longestRun(solid, words);
  return length < 0.6 * words.length ? null : [places[start], places[start + length - 1] + 1];
}

function longestRun(solid, words) {
  let best = [0, 0];
  for (let offset = 0; offset + 4 <= words.length && best[1] < 0.6 * words.length; offset += 1) {
    const start = solid.indexOf(words.slice(offset, offset + 4));
    if (start < 0) continue;
    let end = start;
    for (let i = offset; i < words.length; i += 1) if (solid[end] === words[i]) end += 1;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}
