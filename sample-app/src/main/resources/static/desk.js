// The form: sends a request, shows the answer, then its cost.

import { showTotals, showTurn, watchTurn } from './costs.js';
import { byId, element } from './page.js';

const QUESTIONS = [
	['Returning a lamp', 'How can I return a lamp that I do not like?'],
	['A refund', 'When is my refund paid, and do you pay it in cash?'],
	['A flickering lamp', 'My lamp flickers. Which bulb should I use?'],
];

const TICKETS = [
	['Broken shelf', 'Hello, the shelf of order AF-1003 arrived today with a broken side panel. The box was fine. '
		+ 'I need the room ready for guests tomorrow, so please send a new panel right away. Regards, Eve Moss'],
	['Wrong invoice', 'My name is Tom Reed. The invoice for order AF-1002 shows my old company. '
		+ 'Could you correct the tax number on it? There is no hurry.'],
	['Late parcel', 'The parcel of order AF-1001 is late. The tracking page has not moved for a week. '
		+ 'I would like my money back. Thanks, Nora Lind'],
];

const MODES = {
	answers: { hint: 'Answers from the handbook, which is sent along each time: watch the cached tokens grow, and ask twice.',
		examples: QUESTIONS },
	summaries: { hint: 'Summarises a ticket for a colleague.', examples: TICKETS },
	facts: { hint: 'Extracts the facts of a ticket as JSON.', examples: TICKETS },
	chat: { hint: 'Streams the answer. To look up an order, the model calls a tool: that makes two calls. The model is '
		+ 'chosen by the question.',
		examples: [['State of an order', 'Where is my order AF-1001?'],
			['Another order', 'When will AF-1002 be delivered?'], ...QUESTIONS] },
};

const mode = () => new FormData(byId('form')).get('mode');

function chooseMode() {
	const { hint, examples } = MODES[mode()];
	byId('hint').textContent = hint;
	byId('example').replaceChildren(...examples.map(([title, text]) => element('option', { value: text }, title)));
	byId('text').value = examples[0][1];
}

const post = (url, body) => fetch(url, {
	method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function failure(response) {
	const problem = await response.json().catch(() => ({}));
	return new Error(problem.detail ?? `The server answered ${response.status}.`);
}

// Server-sent events over POST: each event is one line "data:" with JSON.
async function readStream(response, paragraph) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		const events = (rest + part.value).split('\n\n');
		rest = events.pop();
		events.map((event) => JSON.parse(event.slice('data:'.length))).forEach((chunk) => {
			if (chunk.failure) {
				throw new Error(chunk.failure);
			}
			paragraph.append(chunk.text);
		});
	}
}

function factList(facts) {
	return element('dl', {}, ...Object.entries(facts).flatMap(([name, value]) =>
		[element('dt', {}, name), element('dd', {}, String(value ?? '–'))]));
}

async function showAnswer(feature, inquiry) {
	const response = await post('/api/' + feature, inquiry);
	if (!response.ok) {
		throw await failure(response);
	}
	if (feature === 'chat') {
		const paragraph = element('p');
		byId('answer').replaceChildren(paragraph);
		return readStream(response, paragraph);
	}
	const body = await response.json();
	byId('answer').replaceChildren(feature === 'facts' ? factList(body)
		: element('p', {}, body.answer ?? body.summary));
}

async function ask() {
	const feature = mode();
	const inquiry = { text: byId('text').value, tenant: byId('tenant').value, user: byId('user').value };
	const nextTurn = await watchTurn({ feature, ...inquiry });
	if (byId('fault').value) {
		await post('/demo/faults/' + byId('fault').value);
		byId('fault').value = '';
	}
	byId('turn').replaceChildren(element('p', { class: 'hint' }, 'Counting …'));
	try {
		await showAnswer(feature, inquiry);
	}
	catch (error) {
		byId('answer').querySelector('.hint')?.remove();
		byId('answer').append(element('p', { class: 'failure', role: 'alert' }, error.message));
	}
	showTurn(await nextTurn());
	await showTotals();
}

async function submit(event) {
	event.preventDefault();
	if (byId('send').getAttribute('aria-disabled') === 'true') {
		return;
	}
	byId('send').setAttribute('aria-disabled', 'true');
	byId('answer').setAttribute('aria-busy', 'true');
	byId('answer').replaceChildren(element('p', { class: 'hint' }, 'Asking …'));
	try {
		await ask();
	}
	catch (error) {
		byId('turn').replaceChildren(element('p', { class: 'failure', role: 'alert' }, error.message));
	}
	finally {
		byId('answer').setAttribute('aria-busy', 'false');
		byId('send').setAttribute('aria-disabled', 'false');
	}
}

byId('form').addEventListener('submit', submit);
byId('form').addEventListener('change', (event) => event.target.name === 'mode' && chooseMode());
byId('example').addEventListener('change', (event) => byId('text').value = event.target.value);
chooseMode();
fetch('/api/about').then((response) => response.json()).then((about) => {
	byId('simulated').hidden = !about.simulated;
	byId('faults').hidden = !about.simulated;
});
showTotals().catch((error) => byId('totals').replaceChildren(element('p', { class: 'failure' }, error.message)));
