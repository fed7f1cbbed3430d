package io.github.costwise.routing.calibration;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A division of rows into parts of equal size, by chance.
 *
 * @since 0.1.0
 */
public final class Folds {

	private final int[] order;

	private final int count;

	/**
	 * Divides rows.
	 * @param rows how many rows
	 * @param count how many parts, at least 2
	 * @param seed decides who belongs where
	 */
	public Folds(int rows, int count, long seed) {
		this.order = shuffled(rows, seed);
		this.count = count;
	}

	/**
	 * Shuffles rows.
	 * @param rows how many rows
	 * @param seed decides their order
	 * @return their indices
	 */
	public static int[] shuffled(int rows, long seed) {
		int[] order = IntStream.range(0, rows).toArray();
		SplittableRandom random = new SplittableRandom(seed);
		for (int i = rows - 1; i > 0; i--) {
			int other = random.nextInt(i + 1);
			int swapped = order[i];
			order[i] = order[other];
			order[other] = swapped;
		}
		return order;
	}

	/**
	 * Returns the rows of a part.
	 * @param fold which part, from 0
	 * @return their indices
	 */
	public int[] in(int fold) {
		return IntStream.range(0, this.order.length)
			.filter((i) -> i % this.count == fold)
			.map((i) -> this.order[i])
			.toArray();
	}

	/**
	 * Returns the rows of the other parts.
	 * @param fold which part, from 0
	 * @return their indices
	 */
	public int[] outside(int fold) {
		return IntStream.range(0, this.order.length)
			.filter((i) -> i % this.count != fold)
			.map((i) -> this.order[i])
			.toArray();
	}

	/**
	 * Returns how many parts there are.
	 * @return at least 2
	 */
	public int count() {
		return this.count;
	}

}
