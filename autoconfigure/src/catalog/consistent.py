#!/usr/bin/env python3
"""Makes the rows of a catalogue agree with each other, so that what a merge of sources drops comes back.

Corrections (corrections.csv) replace rows whole; then every rule below completes rows, and none changes a price for input
or output except where a row stands for another region or stands for its maker's. update.py runs this on what it has merged;
alone it does the same to the catalogue as it is. What it cannot mend, `eval catalog` reports.

usage: consistent.py [CATALOG]
"""
import re, sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
BASE = ('standard', 0)
PROVIDER, MODEL, FROM, UNTIL, SOURCE, ALIASES, RATES = range(7)
REVISION = re.compile(r'(.+?)(?:-\d{4}-\d{2}-\d{2}|-20\d{6}|@20\d{6}|@\d{3}|@default|@latest|-v\d+(?::\d+)?|-00\d'
                      r'|-\d{2}-20\d{2}|(?<=preview)-\d{2}-\d{2}|-2[3-9](?:0[1-9]|1[0-2])|-latest)')
REGION = re.compile(r'(us|eu|apac|jp|au|ca|regional|in)\.(.+\..+)')
RESOLD = re.compile(r'(anthropic|openai)\..+')


def stem(name):
    match = REVISION.fullmatch(name)
    return stem(match[1]) if match else name


class Catalog:
    """Models by (provider, name): their rows in order of time."""

    def __init__(self, rows, parsed, text):
        self.models, self.parsed, self.text = defaultdict(list), parsed, text
        for row in rows:
            self.models[row[PROVIDER], row[MODEL]].append(list(row))

    def rows(self):
        return [row for rows in self.models.values() for row in rows]

    def bands(self, row):
        return self.parsed(row[RATES])[0]

    def put(self, row, bands):
        words = [word for word in ('free', 'approx', 'searching') if word in row[RATES].split(';')]
        row[RATES] = ';'.join(words + [self.text(bands)])

    def union(self, rows):
        """What any of the rows states, the first of them first; of two prices of a search the lower one."""
        union = {}
        for row in rows:
            for band, rates in self.bands(row).items():
                for unit, rate in rates.items():
                    union.setdefault(band, {}).setdefault(unit, rate)
                    if unit == 'search':
                        union[band][unit] = min(rate, union[band][unit])
        return union

    def names(self, key):
        return [key[1]] + self.models[key][0][ALIASES].split()

    def corrected(self, corrections):
        keys = {(row[PROVIDER], name) for row in corrections for name in [row[MODEL], *row[ALIASES].split()]}
        for key in keys & set(self.models):
            del self.models[key]
        for row in self.rows():
            row[ALIASES] = ' '.join(a for a in row[ALIASES].split() if (row[PROVIDER], a) not in keys)
        for row in corrections:
            self.models[row[PROVIDER], row[MODEL]].append(list(row))

    def named_once(self):
        """A name with the provider before it is found without, and a prompt size told twice is one."""
        for provider, name in list(self.models):
            if provider == 'xai' and name.startswith('x-ai/') and (provider, name[5:]) in self.models:
                del self.models[provider, name]
        for row in self.rows():
            bands = self.bands(row)
            if row[PROVIDER] == 'xai':
                for tier, size in list(bands):
                    if size == 200000:
                        rates = bands.pop((tier, size))
                        bands[tier, 199999] = {**rates, **bands.get((tier, 199999), {})}
                self.put(row, bands)

    def classes_go_on(self, ended):
        """A later row keeps classes and long prompts of the row before, in the same proportion to its base."""
        for key, rows in self.models.items():
            for before, row in zip(rows, rows[1:]):
                old, new = self.bands(before), self.bands(row)
                if BASE not in old or BASE not in new or (*key, row[FROM]) in ended:
                    continue
                for band, rates in old.items():
                    if band != BASE and band not in new:
                        new[band] = {unit: new[BASE][unit] * rate / old[BASE][unit] for unit, rate in rates.items()
                                     if unit in new[BASE] and old[BASE].get(unit)}
                if 'search' in old[BASE]:
                    new[BASE].setdefault('search', old[BASE]['search'])
                self.put(row, new)

    def names_agree(self):
        """Names of one model at one price for input and output share what any of them states; the better source leads."""
        groups = defaultdict(list)
        for key, rows in self.models.items():
            for name in {stem(n) for n in self.names(key)}:
                if key not in groups[key[0], name]:
                    groups[key[0], name].append(key)
        for keys in groups.values():
            rows = [self.models[key][-1] for key in keys if BASE in self.bands(self.models[key][-1])]
            price = lambda row: tuple(self.bands(row)[BASE].get(unit) for unit in ('in', 'out'))
            for each in {price(row) for row in rows}:
                same = sorted((row for row in rows if price(row) == each),
                              key=lambda row: (-len(row[SOURCE]), row[SOURCE]))
                snapshots = [row for row in same if stem(row[MODEL]) != row[MODEL]]
                if len(same) < 2 or len(snapshots) == len(same) and not any(r[MODEL].endswith('latest') or '-v' in r[MODEL] for r in same):
                    continue
                union = self.union(same)
                for row in same:
                    self.put(row, union)

    def regions_agree(self):
        """A Bedrock name without a region is an in-region call, at the price of the regional names."""
        for (provider, name), rows in list(self.models.items()):
            if provider != 'bedrock' or not re.fullmatch(r'(anthropic|openai|amazon)\..+', name):
                continue
            regional = sorted((self.models['bedrock', r + '.' + name] for r in ('us', 'regional', 'eu', 'apac', 'au', 'jp')
                               if ('bedrock', r + '.' + name) in self.models), key=lambda of: -len(of))
            price = lambda of: [(row[FROM], *(self.bands(row)[BASE][unit] for unit in ('in', 'out'))) for row in of]
            longer = regional and len(regional[0]) > len(rows)
            equal = [] if longer else [of for of in regional if price(of) == price(rows)]
            for of in equal:
                for own, other in zip(rows, of):
                    self.put(own, self.union([own, other]))
            for of in equal:
                for own, other in zip(rows, of):
                    self.put(other, self.bands(own))
            if regional and not equal:
                self.models[provider, name] = [[provider, name, *row[FROM:ALIASES], rows[0][ALIASES] if i == 0 else '', row[RATES]]
                                               for i, row in enumerate(regional[0])]
        groups = defaultdict(list)
        for (provider, name), rows in self.models.items():
            match = REGION.fullmatch(name) if provider == 'bedrock' else None
            if provider == 'bedrock' and RESOLD.fullmatch(match[2] if match else name):
                groups[match[2] if match else name].append(rows[-1])
        for rows in groups.values():
            union = self.union(sorted(rows, key=lambda row: row[MODEL].startswith('regional')))
            for row in rows:
                if all(union[BASE].get(unit) == self.bands(row)[BASE].get(unit) for unit in ('in', 'out')):
                    self.put(row, union)

    def maker_leads(self):
        """Vertex AI sells Claude as Anthropic does: at the same price all its rates are Anthropic's."""
        makers = {stem(name): rows[-1] for (provider, model), rows in self.models.items() if provider == 'anthropic'
                  for name in self.names((provider, model))}
        for (provider, name), rows in self.models.items():
            plain = re.sub(r'-v\d+$', '', stem(name))
            if provider == 'vertex_ai' and plain in makers:
                maker, own = self.bands(makers[plain]), self.bands(rows[-1])
                if all(maker[BASE].get(unit) == own[BASE].get(unit) for unit in ('in', 'out')):
                    for band, rates in own.items():
                        maker.setdefault(band, rates)
                    self.put(rows[-1], maker)


def exceptions(head, word):
    return {tuple(line.split(' ')[1:4]) for line in head if line.startswith('#%s ' % word)}


def made_consistent(rows, head, parsed, text):
    catalog = Catalog(rows, parsed, text)
    lines = (HERE / 'corrections.csv').read_text().splitlines()
    catalog.corrected([line.split(',') for line in lines if line and not line.startswith('#')])
    catalog.named_once()
    catalog.classes_go_on(exceptions(head, 'ended'))
    catalog.names_agree()
    catalog.maker_leads()
    catalog.regions_agree()
    return sorted(catalog.rows(), key=lambda row: row[:3])


def main():
    sys.path.insert(0, str(HERE))
    import update
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else update.CATALOG
    lines = path.read_text().splitlines()
    head = [line for line in lines if line.startswith('#')]
    rows = [line.split(',') for line in lines if line and not line.startswith('#')]
    done = made_consistent(rows, head, update.parsed, update.text)
    path.write_text('\n'.join(head + [','.join(row) for row in done]) + '\n')


if __name__ == '__main__':
    main()
