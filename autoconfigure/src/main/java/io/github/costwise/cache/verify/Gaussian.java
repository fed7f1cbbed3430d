package io.github.costwise.cache.verify;

/**
 * A belief about the weights. Immutable by convention: nobody changes the arrays.
 *
 * @param mean the most probable weights
 * @param precision the inverse of the covariance, by rows
 */
record Gaussian(double[] mean, double[] precision) {

	private static final double VAGUE = .1;

	static Gaussian vague(int size) {
		return new Gaussian(new double[size], SymmetricMatrix.identity(size, VAGUE));
	}

	int size() {
		return this.mean.length;
	}

}
