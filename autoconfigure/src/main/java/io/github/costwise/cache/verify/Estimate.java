package io.github.costwise.cache.verify;

import java.util.List;

import io.github.costwise.cache.verify.LabelRecord.Repeat;

/**
 * How probable it is that the best answer is right, and by what. Immutable by convention:
 * nobody changes the array.
 *
 * @param claims the answer groups, that with the most votes first
 * @param features what the model judges by
 * @param probability how probable it is that the first group's answer is right
 * @param guards the guards that object, one bit each
 * @param importance for how many requests a random check stands, 0 for none
 */
record Estimate(List<Claim> claims, double[] features, double probability, int guards,
		double importance) implements DecisionEvidence {

	/** The share of different answers that a judgement calls equal, at most. */
	static final double MISTAKEN = .01;

	private static final double SURE = .75;

	@Override
	public List<NearEntry> rivals() {
		return this.claims.stream().map(Claim::best).toList();
	}

	NearEntry best() {
		return this.claims.get(0).best();
	}

	Estimate drawn(double importance) {
		return new Estimate(this.claims, this.features, this.probability, this.guards, importance);
	}

	/**
	 * Finds the group of the fresh answer. Where judgements err, an equal answer of a
	 * group with hardly a vote is taken for an error, and so is a different one of a
	 * group that is nearly sure to be right.
	 * @param equal for each claim a bit: whether the answers were judged to be equal
	 * @param newGroup the group that it begins if it is new
	 * @param noise the share of equal answers that are judged to differ
	 * @return the group
	 */
	long place(int equal, long newGroup, double noise) {
		for (int i = 0; i < this.claims.size(); i++) {
			Claim claim = this.claims.get(i);
			if ((equal >> i & 1) != 0 && (noise == 0 || claim.share() * (1 - noise) > (1 - claim.share()) * MISTAKEN)) {
				return claim.best().group();
			}
		}
		boolean mistaken = equal == 0 && JudgementNoise.rightThoughDifferent(this.probability, noise) > SURE;
		return mistaken ? best().group() : newGroup;
	}

	LabelRecord label(float[] passed, int equal) {
		float[] numbers = new float[this.features.length];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = (float) this.features[i];
		}
		long[] groups = this.claims.stream().mapToLong((claim) -> claim.best().group()).toArray();
		return new LabelRecord(passed, numbers, (float) this.probability, (float) this.importance, this.guards, groups,
				equal, Repeat.NONE);
	}

	/**
	 * A group among the neighbours.
	 *
	 * @param best its nearest entry
	 * @param share its share of the votes, from 0 to 1
	 */
	record Claim(NearEntry best, double share) {

	}

}
