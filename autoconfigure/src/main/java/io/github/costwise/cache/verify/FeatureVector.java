package io.github.costwise.cache.verify;

import java.util.List;
import java.util.Set;

import io.github.costwise.cache.verify.Neighbourhood.Party;

/**
 * The numbers by which the model judges whether a group's answer fits a request: how near
 * its best entry is, how the neighbours vote, and which words the request and the entries
 * do not share, weighed by how rare they are in this traffic.
 */
final class FeatureVector {

	/** Changes whenever a number changes its meaning. */
	static final int VERSION = 1;

	static final List<String> NAMES = List.of("constant", "cosine", "cosine.8", "gap", "share", "size", "jaccard",
			"numbers", "negation", "rarestHere", "rarestThere", "rareShare", "bothSides", "length", "firstWord",
			"sameWords", "replaced", "uncovered", "rarestUncovered", "missing", "share2", "shareSize", "gap.1",
			"cosine.9", "shareCosine", "unanimous", "opposites", "names", "order");

	static final int SIZE = NAMES.size();

	private static final double RAREST = 8;

	private final WordRarity rarity;

	private final double[] values = new double[SIZE];

	private int count;

	private FeatureVector(WordRarity rarity) {
		this.rarity = rarity;
	}

	static double[] of(TextFeatures query, Neighbourhood near, Party party, WordRarity rarity) {
		FeatureVector vector = new FeatureVector(rarity);
		vector.fill(query, near, party);
		return vector.values;
	}

	private void fill(TextFeatures query, Neighbourhood near, Party party) {
		TextFeatures text = party.best().text();
		int[] words = query.words();
		Likeness likeness = new Likeness(near, party);
		add(1, likeness.cosine, 5 * Math.max(0, likeness.cosine - .8), likeness.gap, likeness.share, likeness.size);
		addWords(query, text, words);
		addGroup(words, party);
		add(likeness.share * likeness.share, likeness.share * likeness.size, 10 * Math.min(likeness.gap, .1),
				10 * Math.max(0, likeness.cosine - .9), 5 * likeness.share * Math.max(0, likeness.cosine - .8),
				flag(likeness.share > .999));
		Set<Guard> guards = Guards.between(query, text);
		add(flag(guards.contains(Guard.ANTONYM)), flag(guards.contains(Guard.ENTITY)),
				flag(guards.contains(Guard.ORDER)));
	}

	private void addWords(TextFeatures query, TextFeatures text, int[] words) {
		int[] others = text.words();
		Rare here = rare(words, others);
		Rare there = rare(others, words);
		int common = WordSets.common(words, others);
		int union = words.length + others.length - common;
		double all = sum(words) + there.sum;
		add(1 - common / (double) Math.max(1, union), flag(Guards.differ(query, text, TextFeatures.NUMBER)),
				flag(Guards.isNegated(query) != Guards.isNegated(text)), here.scaledMax(), there.scaledMax(),
				(here.sum + there.sum) / ((all == 0) ? 1 : all), Math.min(here.count, there.count) / 4.,
				Math.abs(words.length - others.length) / 6., flag(query.first() == text.first()),
				flag(here.count + there.count == 0), flag(here.count > 0 && there.count > 0));
	}

	private void addGroup(int[] words, Party party) {
		double missing = RAREST;
		boolean[] covered = new boolean[words.length];
		for (NearEntry member : party.members()) {
			int[] others = member.text().words();
			missing = Math.min(missing, rare(others, words).max);
			for (int i = 0; i < words.length; i++) {
				covered[i] |= WordSets.contains(others, words[i]);
			}
		}
		Rare uncovered = new Rare();
		for (int i = 0; i < words.length; i++) {
			if (!covered[i]) {
				uncovered.add(this.rarity.of(words[i]));
			}
		}
		double all = sum(words);
		add(uncovered.sum / ((all == 0) ? 1 : all), uncovered.scaledMax(), missing / RAREST);
	}

	private double sum(int[] words) {
		double sum = 0;
		for (int word : words) {
			sum += this.rarity.of(word);
		}
		return sum;
	}

	private Rare rare(int[] words, int[] others) {
		Rare rare = new Rare();
		WordSets.forEachMissing(words, others, (word) -> rare.add(this.rarity.of(word)));
		return rare;
	}

	private void add(double... more) {
		for (double value : more) {
			this.values[this.count++] = value;
		}
	}

	private static double flag(boolean value) {
		return value ? 1 : 0;
	}

	/** How near a group is. */
	private static final class Likeness {

		private final double cosine;

		private final double gap;

		private final double share;

		private final double size;

		Likeness(Neighbourhood near, Party party) {
			this.cosine = party.best().cosine();
			this.gap = this.cosine - near.rival(party);
			this.share = near.share(party);
			this.size = Math.log1p(party.members().size());
		}

	}

	/** Words that one text has and another has not. */
	private static final class Rare {

		private int count;

		private double sum;

		private double max;

		void add(double rarity) {
			this.count++;
			this.sum += rarity;
			this.max = Math.max(this.max, rarity);
		}

		double scaledMax() {
			return Math.min(this.max, RAREST) / RAREST;
		}

	}

}
