package io.github.costwise.cache.verify;

import java.util.List;

/**
 * Labels and what they are taken to mean. Immutable by convention: nobody changes the
 * arrays.
 *
 * @param labels the labels
 * @param targets for each label how probable it is that the answer was right, from 0 to 1
 */
record TrainingSet(List<Label> labels, double[] targets) {

	int size() {
		return this.targets.length;
	}

	double[] features(int row) {
		return this.labels.get(row).features();
	}

	double target(int row) {
		return this.targets[row];
	}

	double weight(int row) {
		return this.labels.get(row).weight();
	}

	/**
	 * A label.
	 *
	 * @param features what the model judges by
	 * @param same whether the answers were judged to be the same
	 * @param weight for how many labels it counts
	 */
	record Label(double[] features, boolean same, double weight) {

	}

}
