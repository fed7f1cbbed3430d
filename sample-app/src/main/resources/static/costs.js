// Shows what Actuator tells about costs.

import { byId, count, dollars, element, money, table } from './page.js';

const getJson = async (url) => {
	const response = await fetch(url, { headers: { Accept: 'application/json' } });
	if (!response.ok) {
		throw new Error(`${url} answered ${response.status}`);
	}
	return response.json();
};

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function newest({ feature, tenant, user }) {
	const query = new URLSearchParams({ feature, tenant, user, limit: '1' });
	return (await getJson('/actuator/costevents?' + query)).events[0];
}

// Remembers the newest turn of somebody, and waits until there is a newer one.
export async function watchTurn(who) {
	const before = (await newest(who))?.turn.id;
	return async () => {
		for (let attempt = 0; attempt < 50; attempt++) {
			const event = await newest(who);
			if (event && event.turn.id !== before) {
				return event;
			}
			await pause(100);
		}
		return undefined;
	};
}

const seconds = (millis) => (millis / 1000).toFixed(2) + '\u00a0s';

const words = (name) => name.toLowerCase().replaceAll('_', ' ');

function notes(call) {
	const tags = [];
	const tries = call.attempts.map((attempt) => attempt.outcome.replace('http_', ''));
	if (tries.length > 1) {
		tags.push('tried ' + tries.join(', '));
	}
	if (call.usage.source !== 'REPORTED') {
		tags.push('usage ' + words(call.usage.source));
	}
	if (call.price.state !== 'EXACT') {
		tags.push('price ' + words(call.price.state));
	}
	if (call.outcome !== 'SUCCEEDED') {
		tags.push(words(call.outcome));
	}
	return tags.flatMap((tag) => [element('span', { class: 'tag' }, tag), ' ']);
}

const part = (tokens, nanoUsd) => tokens === 0 ? '–' : [count(tokens), element('small', {}, money(dollars(nanoUsd)))];

// The receipt of a turn: one column for each call, one line for each kind of token.
const RECEIPT = [
	['Model', (call) => call.answeredModel],
	['Input tokens', ({ usage, price }) => part(usage.inputTokens, price.inputNanoUsd)],
	['Cached tokens', ({ usage, price }) => part(usage.cacheReadTokens + usage.cacheWriteTokens, price.cachedNanoUsd)],
	['Output tokens', ({ usage, price }) => part(usage.outputTokens, price.outputNanoUsd)],
	['Price', ({ price }) => money(price.costUsd)],
	['Time', (call) => seconds(call.latencyMillis)],
	['Notes', notes],
];

export function showTurn(event) {
	if (!event) {
		byId('turn').replaceChildren(element('p', { class: 'hint' }, 'No cost was recorded for this turn.'));
		return;
	}
	const { turn, calls } = event;
	const lines = RECEIPT.filter(([title]) => title !== 'Notes' || calls.some((call) => notes(call).length));
	const columns = calls.map((call, index) => [`${index + 1}. ${words(call.purpose)}`,
		([, cell]) => cell(call), 'number']);
	byId('turn').replaceChildren(
		element('p', { class: 'price', id: 'turn-price' }, money(turn.costUsd)),
		element('p', { class: 'hint' }, `${turn.callCount} ${turn.callCount === 1 ? 'call' : 'calls'}, `
			+ `${seconds(turn.latencyMillis)}, ${words(turn.outcome)}`,
			...(turn.cacheOutcome === 'HIT' ? [', from the cache, which saved ', money(turn.savedUsd)] : [])),
		turn.routingVersion ? element('p', { class: 'hint', id: 'route' }, `Routed by ${turn.tierCause}`) : '',
		calls.length === 0 ? '' : table('Receipt', [['Call', ([title]) => title], ...columns], lines));
}

const fact = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));

export async function showTotals() {
	const [costs, recent] = await Promise.all([getJson('/actuator/costs'), getJson('/actuator/costevents?limit=8')]);
	const { totals } = costs;
	byId('totals').replaceChildren(
		fact('Spent', money(totals.costUsd)),
		fact('Turns', count(totals.turns)),
		fact('Calls', count(totals.calls)),
		fact('Input tokens', count(totals.inputTokens)),
		fact('Cached tokens', count(totals.cacheReadTokens)),
		fact('Output tokens', count(totals.outputTokens)));
	const group = (title, rows) => table(title, [
		['Name', (row) => row.key],
		['Calls', (row) => count(row.calls), 'number'],
		['Tokens', (row) => count(row.totalTokens), 'number'],
		['Cost', (row) => money(row.costUsd), 'number'],
	], rows);
	byId('groups').replaceChildren(group('By feature', costs.features), group('By model', costs.models),
		group('By tenant', costs.tenants));
	const turns = recent.events.filter((event) => event.turn).map((event) => event.turn);
	byId('recent').replaceChildren(table('Newest first', [
		['Time', (turn) => new Date(turn.startedAt).toLocaleTimeString('en-GB')],
		['Feature', (turn) => turn.attribution.feature ?? '–'],
		['Tenant', (turn) => turn.attribution.tenant ?? '–'],
		['User', (turn) => turn.attribution.user ?? '–'],
		['Outcome', (turn) => words(turn.outcome)],
		['Calls', (turn) => count(turn.callCount), 'number'],
		['Took', (turn) => seconds(turn.latencyMillis), 'number'],
		['Cost', (turn) => money(turn.costUsd), 'number'],
		['Saved', (turn) => turn.savedNanoUsd === 0 ? '–' : money(turn.savedUsd), 'number'],
	], turns));
}
