// Small helpers to build the page without writing HTML from data.

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
	const node = document.createElement(name);
	Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
	node.append(...children);
	return node;
}

// Dollars come as text with nine decimals; groups of three digits are set apart by style only.
export function money(usd) {
	const [, whole, groups] = /^(-?\d+\.\d{3})(\d+)$/.exec(usd) ?? [null, usd, ''];
	return element('span', { class: 'money' }, '$' + whole,
		...(groups.match(/\d{3}/g) ?? []).map((group) => element('i', {}, group)));
}

export function dollars(nanoUsd) {
	const digits = String(nanoUsd).padStart(10, '0');
	return digits.slice(0, -9) + '.' + digits.slice(-9);
}

export const count = (number) => number.toLocaleString('en');

// A column is [title, cell(row)] or [title, cell(row), 'number'].
export function table(caption, columns, rows) {
	const cells = (row) => columns.map(([, cell, type], index) => element(index ? 'td' : 'th',
		{ ...(index ? {} : { scope: 'row' }), ...(type ? { class: type } : {}) }, ...[cell(row)].flat()));
	const head = columns.map(([title, , type]) => element('th', { scope: 'col', ...(type ? { class: type } : {}) }, title));
	return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
		element('table', {}, element('caption', {}, caption), element('thead', {}, element('tr', {}, ...head)),
			element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row))))));
}
