package io.github.costwise.fit;

import java.util.Arrays;

/**
 * A belief about weights. Immutable by convention: nobody changes the arrays.
 *
 * @param mean the most probable weights
 * @param precision the inverse of the covariance, of which the lower half is read
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record Gaussian(double[] mean, double[][] precision) {

	private static final double VAGUE = .1;

	private static final double BIAS = 1e-3;

	/**
	 * Returns a belief that expects nothing.
	 * @param size how many weights there are
	 * @return the belief
	 */
	public static Gaussian vague(int size) {
		return new Gaussian(new double[size], SymmetricMatrix.diagonal(size, VAGUE));
	}

	/**
	 * Returns a belief that expects hardly anything of one more weight, the bias.
	 * @return the belief, with the bias last
	 */
	public Gaussian withBias() {
		int size = size();
		double[][] wider = Arrays.copyOf(this.precision, size + 1);
		wider[size] = new double[size + 1];
		wider[size][size] = BIAS;
		return new Gaussian(Arrays.copyOf(this.mean, size + 1), wider);
	}

	/**
	 * Returns how many weights there are.
	 * @return the length of the mean
	 */
	public int size() {
		return this.mean.length;
	}

}
