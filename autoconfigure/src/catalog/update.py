#!/usr/bin/env python3
"""Writes the price catalogue anew from a LiteLLM price list and an unpacked genai-prices package.

Only facts are taken: names, numbers and dates. What the present catalogue knows beyond them stays:
models dropped since, rows of source P, aliases, and units of rows whose input and output still agree.

usage: update.py --litellm model_prices.json --genai-prices FOLDER --as-of 2026-11-23 [--catalog FILE]
"""
import argparse, datetime, json, re, sys, types
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from consistent import made_consistent

CATALOG = Path(__file__).parents[1] / 'main/resources/io/github/costwise/pricing/catalog.csv'
BASE = ('standard', 0)
SEARCHING = re.compile('search-(preview|api)|deep-research')
TIERS = ['standard', 'batch', 'flex', 'priority']
SUBSTITUTE = {'in-audio': 'in', 'in-image': 'in', 'in-video': 'in', 'read': 'in', 'read-audio': 'read',
              'read-image': 'read', 'read-video': 'read', 'write': 'in', 'write-1h': 'write',
              'out-reasoning': 'out', 'out-audio': 'out', 'out-image': 'out'}
UNITS = ['in', 'in-audio', 'in-image', 'in-video', 'read', 'read-audio', 'read-image', 'read-video', 'write',
         'write-1h', 'out', 'out-reasoning', 'out-audio', 'out-image', 'search']
LITELLM_KEYS = {
    'input_cost_per_token': 'in', 'output_cost_per_token': 'out', 'cache_read_input_token_cost': 'read',
    'cache_creation_input_token_cost': 'write', 'cache_creation_input_token_cost_above_1hr': 'write-1h',
    'input_cost_per_audio_token': 'in-audio', 'input_cost_per_image_token': 'in-image',
    'input_cost_per_video_token': 'in-video', 'cache_read_input_audio_token_cost': 'read-audio',
    'cache_read_input_image_token_cost': 'read-image', 'output_cost_per_audio_token': 'out-audio',
    'output_cost_per_image_token': 'out-image', 'output_cost_per_reasoning_token': 'out-reasoning'}
GENAI_KEYS = {
    'input_mtok': 'in', 'output_mtok': 'out', 'cache_read_mtok': 'read', 'cache_write_mtok': 'write',
    'cache_write_1h_mtok': 'write-1h', 'input_audio_mtok': 'in-audio', 'input_image_mtok': 'in-image',
    'input_video_mtok': 'in-video', 'cache_audio_read_mtok': 'read-audio', 'cache_image_read_mtok': 'read-image',
    'output_audio_mtok': 'out-audio', 'output_image_mtok': 'out-image', 'output_reasoning_mtok': 'out-reasoning',
    'web_searches_kcount': 'search'}
LITELLM_PROVIDERS = {
    'openai': 'openai', 'text-completion-openai': 'openai', 'azure': 'azure', 'azure_text': 'azure',
    'azure_ai': 'azure', 'anthropic': 'anthropic', 'gemini': 'google', 'bedrock': 'bedrock',
    'bedrock_converse': 'bedrock', 'mistral': 'mistral', 'deepseek': 'deepseek', 'xai': 'xai', 'groq': 'groq',
    'cohere': 'cohere', 'cohere_chat': 'cohere', 'together_ai': 'together', 'fireworks_ai': 'fireworks',
    'fireworks_ai-embedding-models': 'fireworks', 'perplexity': 'perplexity', 'voyage': 'voyage',
    'cerebras': 'cerebras', 'moonshot': 'moonshot', 'zai': 'zai', 'minimax': 'minimax'}
GENAI_PROVIDERS = {
    'openai': 'openai', 'azure': 'azure', 'anthropic': 'anthropic', 'google': 'google', 'aws': 'bedrock',
    'mistral': 'mistral', 'deepseek': 'deepseek', 'x-ai': 'xai', 'groq': 'groq', 'cohere': 'cohere',
    'together': 'together', 'fireworks': 'fireworks', 'perplexity': 'perplexity', 'voyageai': 'voyage',
    'cerebras': 'cerebras', 'moonshotai': 'moonshot', 'zai': 'zai', 'minimax': 'minimax'}
RESELLERS = {'azure', 'bedrock', 'vertex_ai', 'together', 'fireworks'}
SKIPPED = re.compile(r'.*commitment.*|.*[ ,].*|(fireworks-ai|together-ai)-.*|(global|global-standard)/.*|.*-')
DATED = re.compile(r'^(.*?)(-\d{4}-\d{2}-\d{2}|-20\d{6}(?:-v\d+:\d+)?|@20\d{6})$')


class Row:
    """What one source says of one model: periods of (first day or '', bands)."""

    def __init__(self, periods, source, approx=False):
        self.periods, self.source, self.approx = periods, source, approx

    def current(self, day):
        return max([i for i, (start, _) in enumerate(self.periods) if start <= day], default=0)

    def base(self, day):
        return self.periods[self.current(day)][1].get(BASE, {})

    def usable(self):
        return all(bands.get(BASE, {}).get('in') and 'out' in bands[BASE] for _, bands in self.periods)


def agree(one, other):
    return one.get('in') == other.get('in') and one.get('out') == other.get('out')


def filled(bands, more):
    merged = {band: dict(rates) for band, rates in bands.items()}
    for band, rates in more.items():
        for unit, rate in rates.items():
            merged.setdefault(band, {}).setdefault(unit, rate)
    return merged


def litellm_name(name, provider):
    for prefix in (provider.split('-')[0], provider, 'bedrock', 'converse', 'azure', 'cohere'):
        if name.startswith(prefix + '/'):
            name = name[len(prefix) + 1:]
            break
    return name.lower().removeprefix('accounts/fireworks/models/')


def litellm_rows(path):
    rows = {}
    for name, entry in json.load(open(path), parse_float=Decimal, parse_int=Decimal).items():
        theirs = entry.get('litellm_provider', '')
        provider = 'vertex_ai' if theirs.startswith('vertex_ai') else LITELLM_PROVIDERS.get(theirs)
        model = litellm_name(name, theirs)
        if (not provider or entry.get('mode') not in ('chat', 'completion', 'responses', 'embedding')
                or SKIPPED.fullmatch(model) or (provider == 'bedrock' and '/' in model)
                or entry.get('input_cost_per_second') or entry.get('ocr_cost_per_page')):
            continue
        bands = defaultdict(dict)
        for key, value in entry.items():
            service = 'standard'
            for suffix, tier in (('_batches', 'batch'), ('_flex', 'flex'), ('_priority', 'priority')):
                if key.endswith(suffix):
                    key, service = key.removesuffix(suffix), tier
            above = re.fullmatch(r'(.*)_above_(\d+)k_tokens', key)
            key, size = (above[1], int(above[2]) * 1000) if above else (key, 0)
            if key in LITELLM_KEYS and isinstance(value, Decimal) and value > 0:
                bands[(service, size)][LITELLM_KEYS[key]] = value * 1000000
        search = entry.get('search_context_cost_per_query')
        if isinstance(search, dict) and search.get('search_context_size_medium'):
            bands[BASE]['search'] = search['search_context_size_medium'] * 1000
        if entry['mode'] == 'embedding':
            bands[BASE]['out'] = Decimal(0)
        row = Row([('', dict(bands))], 'L', bool(entry.get('off_peak_pricing')))
        foundry = theirs == 'azure_ai' and not re.match(r'gpt|o\d|text-', model)
        if row.usable() and ((provider, model) not in rows or foundry):
            rows[(provider, model)] = row
    return rows


def genai_bands(prices, service, bands):
    for key, unit in GENAI_KEYS.items():
        value = getattr(prices, key, None)
        for size, rate in [(0, getattr(value, 'base', value))] + [(t.start, t.price) for t in getattr(value, 'tiers', [])]:
            if rate:
                bands[(service, size)][unit] = Decimal(rate)


def genai_row(model, day):
    """Prices by the hour are given by the dearest hour and marked approximate."""
    periods, approx = [], False
    for part in model.prices if isinstance(model.prices, list) else [types.SimpleNamespace(constraint=None, prices=model.prices)]:
        start = getattr(part.constraint, 'start_date', None)
        bands = defaultdict(dict)
        genai_bands(part.prices, 'standard', bands)
        approx = approx or getattr(part.prices, 'requests_kcount', None) is not None
        if part.constraint is None or start:
            periods.append((str(start or ''), bands))
        elif bands[BASE].get('in', 0) > periods[-1][1][BASE].get('in', 0):
            periods[-1] = (periods[-1][0], bands)
    row = Row(periods, 'G', approx)
    for variant in model.price_variants or []:
        service = variant.when.get('service_tier', variant.when.get('processing'))
        if len(variant.when) == 1 and service in TIERS[1:]:
            genai_bands(variant.prices, service, row.periods[row.current(day)][1])
    row.periods = [(start, {b: r for b, r in bands.items() if r}) for start, bands in row.periods]
    return row


def equal_names(clause):
    return ([clause.equals.lower()] if hasattr(clause, 'equals') else []) + [
        name for part in getattr(clause, 'or_', None) or [] for name in equal_names(part)]


def genai_models(folder, day):
    """The package asks for an HTTP client when loaded; none is needed here."""
    sys.modules.setdefault('httpx2', types.SimpleNamespace(Client=object, AsyncClient=object, Timeout=lambda *a, **k: None))
    sys.path.insert(0, str(folder))
    from genai_prices.data import providers
    for theirs in providers:
        provider = GENAI_PROVIDERS.get(theirs.id)
        for model in theirs.models if provider else []:
            name = model.id.lower()
            if provider != 'google' or re.match(r'gemini|gemma|learnlm', name):
                row = genai_row(model, day)
                if 'embed' in name or provider == 'voyage':
                    for _, bands in row.periods:
                        bands.get(BASE, {})['out'] = Decimal(0)
                yield provider, name, model, row


def genai_find(models, name):
    exact = [m for m in models if m[0] == name]
    return (exact or [m for m in models if m[1].match.is_match(name)] or [None])[0]


def merged(litellm, genai, day, report):
    rows = {}
    for (provider, name), row in litellm.items():
        found = None if provider in RESELLERS else genai_find(genai[provider], name)
        if found and ('embed' in name) != ('embed' in found[0]) and provider != 'voyage':
            found = None
        if not found or not found[2].usable():
            rows[(provider, name)] = row
        elif agree(found[2].base(day), row.base(day)):
            now = found[2].current(day)
            periods = [(start, filled(bands, row.periods[0][1]) if i == now else bands)
                       for i, (start, bands) in enumerate(found[2].periods)]
            rows[(provider, name)] = Row(periods, 'GL', found[2].approx or row.approx)
        else:
            moving = provider == 'deepseek' or (provider == 'mistral' and re.search(r'-latest$|^mistral-medium$', name))
            rows[(provider, name)] = row if moving else Row(found[2].periods, 'G', found[2].approx)
            report('sources disagree on %s/%s: %s taken' % (provider, name, 'L' if moving else 'G'))
    for provider, models in genai.items():
        for name, model, row in models:
            for each in [name] + equal_names(model.match):
                if row.usable() and not SKIPPED.fullmatch(each):
                    rows.setdefault((provider, each), row)
    return rows


def cleaned(provider, name, bands, report):
    bands = {band: dict(rates) for band, rates in bands.items()}
    base = bands[BASE]
    if base['in'] > 1000 or (base['out'] == 0 and base['in'] > 20):
        report('absurd: %s/%s' % (provider, name))
        return None
    for band in sorted(bands, key=lambda b: (TIERS.index(b[0]), b[1])):
        rates = bands[band]
        if band != BASE and 'in' not in rates:
            del bands[band]
            continue
        if base['out'] == 0 and band != BASE:
            rates.pop('out', None)
        if 'write' in rates and rates['write'] < rates['in']:
            report('write below input: %s/%s %s' % (provider, name, band))
            rates.pop('write')
            rates.pop('write-1h', None)
        if 'claude' in name and 'write' in rates:
            rates['write-1h'] = rates['in'] * 2
        for unit in ('read', 'read-audio', 'read-image', 'read-video'):
            if unit in rates and rates[unit] > rates.get('in' + unit[4:], rates['in']):
                del rates[unit]
        if rates.get('write-1h', 0) and 'write' in rates and rates['write-1h'] < rates['write']:
            del rates['write-1h']
    for rates in bands.values():
        for unit in [u for u in reversed(UNITS) if u in rates and u in SUBSTITUTE]:
            substitute = rates.get(SUBSTITUTE[unit], rates.get('in') if SUBSTITUTE[unit] in ('read', 'write') else None)
            if rates[unit] == substitute:
                del rates[unit]
    return bands


def text(bands):
    def label(band):
        size = '' if not band[1] else '>%dk' % (band[1] // 1000) if band[1] % 1000 == 0 else '>%d' % band[1]
        return ('' if band[0] == 'standard' else band[0]) + size
    return ';'.join((label(b) + ' ' if b != BASE else '')
                    + ' '.join('%s=%s' % (u, format(bands[b][u].normalize(), 'f')) for u in UNITS if u in bands[b])
                    for b in sorted(bands, key=lambda b: (TIERS.index(b[0]), b[1])))


def searching(name, bands):
    """Models that make a search in every call, as their names say."""
    return 'searching;' if SEARCHING.search(name) and 'search' in bands.get(BASE, {}) else ''


def parsed(rates):
    bands, approx = {}, False
    for segment in rates.split(';'):
        band = BASE
        for word in segment.split(' '):
            if '=' in word:
                unit, rate = word.split('=')
                bands.setdefault(band, {})[unit] = Decimal(rate)
            elif word == 'approx':
                approx = True
            elif word not in ('free', 'searching'):
                tier, _, size = word.partition('>')
                band = (tier or 'standard', int(size.replace('k', '000') or 0))
    return bands, approx


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument('--litellm', required=True)
    args.add_argument('--genai-prices', required=True)
    args.add_argument('--as-of', default=str(datetime.date.today()))
    args.add_argument('--catalog', default=CATALOG)
    args = args.parse_args()
    report = lambda line: print(line, file=sys.stderr)
    old_lines = Path(args.catalog).read_text().splitlines()
    head = [re.sub(r'^(#version|#as-of) .*', r'\1 ' + args.as_of, line) for line in old_lines if line.startswith('#')]
    old = [line.split(',') for line in old_lines if line and not line.startswith('#')]
    genai = defaultdict(list)
    for provider, name, model, row in genai_models(args.genai_prices, args.as_of):
        genai[provider].append((name, model, row))
    rows = merged(litellm_rows(args.litellm), genai, args.as_of, report)

    lines = {}  # (provider, model) -> rows of columns
    for (provider, name), row in rows.items():
        known = [r for r in old if (r[0], r[1]) == (provider, name)]
        periods = []
        for start, bands in row.periods:
            same = [parsed(r[6])[0] for r in known if r[2] == start and r[6] != 'free']
            if same and agree(same[0].get(BASE, {}), bands[BASE]):
                bands = filled(bands, {BASE: same[0][BASE]})
            bands = cleaned(provider, name, bands, report)
            periods += [(start, bands)] if bands else []
        own = [r for r in known if r[4] == 'P' and r[3] and periods and periods[0][0] == '']
        if own:
            periods[0] = (own[-1][3], periods[0][1])
        lines[(provider, name)] = [list(r[:5]) + ['', r[6]] for r in own] + [
            [provider, name, start, periods[i + 1][0] if i + 1 < len(periods) else '', row.source, '',
             ('approx;' if row.approx and i == row.current(args.as_of) else '') + searching(name, bands) + text(bands)]
            for i, (start, bands) in enumerate(periods)]
    lines = {key: value for key, value in lines.items() if value}

    alias = {}
    def fold(provider, name, target):
        same = lambda key: [(r[2], r[3], r[6]) for r in lines[key]]
        if name != target and (provider, name) in lines and (provider, target) in lines and (provider, target) not in alias \
                and (provider, name) not in alias and same((provider, name)) == same((provider, target)):
            alias[(provider, name)] = target
    for provider, name in list(lines):
        dated = DATED.match(name)
        if dated:
            fold(provider, name, dated[1])
    for provider, models in genai.items():
        for name, model, _ in models:
            for other in equal_names(model.match):
                fold(provider, other, name)
    for r in old:  # what only the present catalogue knows
        if (r[0], r[1]) not in lines and (r[0], r[1]) not in alias:
            lines[(r[0], r[1])] = [list(o[:5]) + ['', o[6]] for o in old if o[:2] == r[:2]]
            report('kept: %s/%s' % (r[0], r[1]))
    for r in old:
        for name in r[5].split():
            if (r[0], name) not in lines and (r[0], name) not in alias:
                alias[(r[0], name)] = alias.get((r[0], r[1]), r[1])
    names = defaultdict(list)
    for (provider, name), target in alias.items():
        while (provider, target) in alias:
            target = alias[(provider, target)]
        lines.pop((provider, name), None)
        names[(provider, target)].append(name)
    for key, of in names.items():
        lines[key][0][5] = ' '.join(sorted(of))
    out = made_consistent([line for of in lines.values() for line in of], head, parsed, text)
    before = {(r[0], r[1], r[2]): r[6] for r in old}
    for line in out:
        was = before.get(tuple(line[:3]))
        if was != line[6]:
            print('%s/%s %s: %s -> %s' % (line[0], line[1], line[2], was, line[6]))
    Path(args.catalog).write_text('\n'.join(head + [','.join(line) for line in out]) + '\n')
    report('%d rows, %d models, %d aliases' % (len(out), len(lines), len(alias)))


if __name__ == '__main__':
    main()
