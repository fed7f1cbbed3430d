package io.github.costwise.fit;

import java.util.Arrays;

/**
 * What fits need of linear algebra. Of a matrix only the lower half is read; rows may end
 * at the diagonal. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SymmetricMatrix {

	/** So that what is rounded below zero still has a root. */
	private static final double LEAST = 1e-12;

	private SymmetricMatrix() {
	}

	/**
	 * Returns a matrix with one number on its diagonal.
	 * @param size how many rows it has
	 * @param value the number
	 * @return the matrix, zero elsewhere
	 */
	public static double[][] diagonal(int size, double value) {
		double[][] matrix = new double[size][size];
		for (int i = 0; i < size; i++) {
			matrix[i][i] = value;
		}
		return matrix;
	}

	/**
	 * Multiplies a matrix with a vector.
	 * @param matrix the matrix
	 * @param vector one number a row
	 * @return the product
	 */
	public static double[] times(double[][] matrix, double[] vector) {
		double[] product = new double[vector.length];
		for (int i = 0; i < vector.length; i++) {
			for (int j = 0; j < vector.length; j++) {
				product[i] += ((j <= i) ? matrix[i][j] : matrix[j][i]) * vector[j];
			}
		}
		return product;
	}

	/**
	 * Multiplies two vectors.
	 * @param one a vector
	 * @param other one of the same length
	 * @return their scalar product
	 */
	public static double dot(double[] one, double[] other) {
		return dot(one, other, one.length);
	}

	/**
	 * Multiplies a matrix with a vector from both sides.
	 * @param matrix the matrix
	 * @param vector one number a row
	 * @return the quadratic form
	 */
	public static double quadratic(double[][] matrix, double[] vector) {
		double sum = 0;
		for (int i = 0; i < vector.length; i++) {
			sum += vector[i] * (2 * dot(matrix[i], vector, i) + matrix[i][i] * vector[i]);
		}
		return sum;
	}

	/**
	 * Adds the outer product of a vector with itself.
	 * @param matrix the matrix, changed
	 * @param vector one number a row
	 * @param scale by what the product is multiplied
	 */
	public static void addOuter(double[][] matrix, double[] vector, double scale) {
		for (int i = 0; i < vector.length; i++) {
			double factor = scale * vector[i];
			if (factor != 0) {
				double[] into = matrix[i];
				for (int j = 0; j <= i; j++) {
					into[j] += factor * vector[j];
				}
			}
		}
	}

	/**
	 * Solves a system of equations.
	 * @param matrix a positive definite matrix, overwritten
	 * @param right the right side, overwritten by the solution
	 */
	public static void solve(double[][] matrix, double[] right) {
		decompose(matrix);
		substitute(matrix, right);
	}

	/**
	 * Inverts a matrix.
	 * @param matrix a positive definite matrix
	 * @return its inverse
	 */
	public static double[][] inverse(double[][] matrix) {
		double[][] lower = copy(matrix);
		decompose(lower);
		double[][] inverse = diagonal(lower.length, 1);
		for (double[] row : inverse) {
			substitute(lower, row);
		}
		return inverse;
	}

	static double[][] copy(double[][] matrix) {
		return Arrays.stream(matrix).map((row) -> Arrays.copyOf(row, matrix.length)).toArray(double[][]::new);
	}

	/**
	 * Replaces a matrix by the lower triangle whose product with its transpose it is
	 * (Cholesky).
	 */
	private static void decompose(double[][] matrix) {
		for (int i = 0; i < matrix.length; i++) {
			double[] row = matrix[i];
			for (int j = 0; j < i; j++) {
				row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
			}
			row[i] = Math.sqrt(Math.max(row[i] - dot(row, row, i), LEAST));
		}
	}

	private static void substitute(double[][] lower, double[] right) {
		for (int i = 0; i < right.length; i++) {
			right[i] = (right[i] - dot(lower[i], right, i)) / lower[i][i];
		}
		for (int i = right.length - 1; i >= 0; i--) {
			right[i] /= lower[i][i];
			for (int j = 0; j < i; j++) {
				right[j] -= lower[i][j] * right[i];
			}
		}
	}

	/** Two sums at once, which takes half the time. */
	private static double dot(double[] one, double[] other, int length) {
		double even = 0;
		double odd = 0;
		int i = 0;
		for (; i + 1 < length; i += 2) {
			even += one[i] * other[i];
			odd += one[i + 1] * other[i + 1];
		}
		return (i < length) ? even + odd + one[i] * other[i] : even + odd;
	}

}
