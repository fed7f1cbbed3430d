package io.github.costwise.cache.verify;

/** What the model needs of linear algebra. Matrices are square and stored by rows. */
final class SymmetricMatrix {

	private SymmetricMatrix() {
	}

	static double[] identity(int size, double scale) {
		double[] matrix = new double[size * size];
		for (int i = 0; i < size; i++) {
			matrix[i * size + i] = scale;
		}
		return matrix;
	}

	static double[] times(double[] matrix, double[] vector) {
		int size = vector.length;
		double[] product = new double[size];
		for (int i = 0; i < size; i++) {
			double sum = 0;
			for (int j = 0; j < size; j++) {
				sum += matrix[i * size + j] * vector[j];
			}
			product[i] = sum;
		}
		return product;
	}

	static double dot(double[] one, double[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

	static double quadratic(double[] matrix, double[] vector) {
		return dot(times(matrix, vector), vector);
	}

	/**
	 * Adds the outer product of a vector with itself to the lower half.
	 */
	static void addOuter(double[] matrix, double[] vector, double scale) {
		int size = vector.length;
		for (int i = 0; i < size; i++) {
			double factor = scale * vector[i];
			if (factor != 0) {
				for (int j = 0; j <= i; j++) {
					matrix[i * size + j] += factor * vector[j];
				}
			}
		}
	}

	/**
	 * Copies the lower half onto the upper one.
	 */
	static void mirror(double[] matrix, int size) {
		for (int i = 0; i < size; i++) {
			for (int j = 0; j < i; j++) {
				matrix[j * size + i] = matrix[i * size + j];
			}
		}
	}

	/**
	 * Computes the lower triangle whose product with its transpose is the matrix
	 * (Cholesky).
	 */
	static double[] decompose(double[] matrix, int size) {
		double[] lower = new double[size * size];
		for (int i = 0; i < size; i++) {
			for (int j = 0; j <= i; j++) {
				double sum = matrix[i * size + j];
				for (int k = 0; k < j; k++) {
					sum -= lower[i * size + k] * lower[j * size + k];
				}
				lower[i * size + j] = (i == j) ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j * size + j];
			}
		}
		return lower;
	}

	static double[] solve(double[] lower, double[] right) {
		int size = right.length;
		double[] solution = right.clone();
		for (int i = 0; i < size; i++) {
			for (int j = 0; j < i; j++) {
				solution[i] -= lower[i * size + j] * solution[j];
			}
			solution[i] /= lower[i * size + i];
		}
		for (int i = size - 1; i >= 0; i--) {
			for (int j = i + 1; j < size; j++) {
				solution[i] -= lower[j * size + i] * solution[j];
			}
			solution[i] /= lower[i * size + i];
		}
		return solution;
	}

	static double[] inverse(double[] matrix, int size) {
		double[] lower = decompose(matrix, size);
		double[] inverse = new double[size * size];
		for (int i = 0; i < size; i++) {
			double[] unit = new double[size];
			unit[i] = 1;
			System.arraycopy(solve(lower, unit), 0, inverse, i * size, size);
		}
		return inverse;
	}

}
