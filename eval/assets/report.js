// Shows only the failed questions of a type, of a kind of failure, or with a word in them.
'use strict';
const list = document.getElementById('failures');
if (list) {
  const bar = document.querySelector('.filters');
  const fields = [...bar.querySelectorAll('select, input')];
  const count = bar.querySelector('output');
  const rows = [...list.querySelectorAll('.failure')];
  const shows = (row, { name, value }) => !value
    || (name === 'type' && row.dataset.type === value)
    || (name === 'kind' && row.dataset.kinds.split(' ').includes(value))
    || (name === 'words' && row.textContent.includes(value));
  const update = () => {
    for (const row of rows) row.hidden = !fields.every((field) => shows(row, field));
    count.textContent = `${rows.filter((row) => !row.hidden).length} / ${rows.length}`;
  };
  for (const field of fields) field.addEventListener('input', update);
  bar.hidden = false;
  update();
  // A link to a question (#a-001) opens it.
  const open = () => {
    const row = rows.find((one) => one.id === decodeURIComponent(location.hash.slice(1)));
    if (row) { row.hidden = false; row.open = true; row.scrollIntoView(); }
  };
  addEventListener('hashchange', open);
  open();
}
