package io.github.costwise.fit;

/**
 * Solves symmetric positive definite systems of equations.
 *
 * @since 0.1.0
 */
public final class Cholesky {

	private Cholesky() {
	}

	/**
	 * Solves a system.
	 * @param matrix a symmetric positive definite matrix, whose lower half is overwritten
	 * @param right the right side, overwritten by the solution
	 * @throws IllegalArgumentException if the matrix is not positive definite
	 */
	public static void solve(double[][] matrix, double[] right) {
		factor(matrix);
		int size = right.length;
		for (int i = 0; i < size; i++) {
			right[i] = (right[i] - dot(matrix[i], right, i)) / matrix[i][i];
		}
		for (int i = size - 1; i >= 0; i--) {
			right[i] /= matrix[i][i];
			for (int j = 0; j < i; j++) {
				right[j] -= matrix[i][j] * right[i];
			}
		}
	}

	private static void factor(double[][] matrix) {
		for (int i = 0; i < matrix.length; i++) {
			double[] row = matrix[i];
			for (int j = 0; j < i; j++) {
				row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
			}
			double rest = row[i] - dot(row, row, i);
			if (!(rest > 0)) {
				throw new IllegalArgumentException("The matrix is not positive definite");
			}
			row[i] = Math.sqrt(rest);
		}
	}

	private static double dot(double[] a, double[] b, int length) {
		double s0 = 0;
		double s1 = 0;
		int i = 0;
		for (; i + 1 < length; i += 2) {
			s0 += a[i] * b[i];
			s1 += a[i + 1] * b[i + 1];
		}
		return (i < length) ? s0 + s1 + a[i] * b[i] : s0 + s1;
	}

}
