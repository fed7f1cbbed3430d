package io.github.costwise.pipeline;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Marks what Costwise does for a turn by itself, such as computing vectors of questions:
 * the model calls that it takes belong to the turn and to its owner, and are not what the
 * application asked for. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OwnWork {

	private static final ThreadLocal<CostTurn> TURN = new ThreadLocal<>();

	private OwnWork() {
	}

	/**
	 * Does something for a turn, on this thread.
	 * @param turn the turn
	 * @param work what is done
	 * @param <T> what it returns
	 * @return what it returned
	 */
	public static <T extends @Nullable Object> T of(@Nullable CostTurn turn, Supplier<T> work) {
		CostTurn before = TURN.get();
		set(turn);
		try {
			return work.get();
		}
		finally {
			set(before);
		}
	}

	/**
	 * Does something for a turn, on this thread.
	 * @param turn the turn
	 * @param work what is done
	 */
	public static void run(@Nullable CostTurn turn, Runnable work) {
		of(turn, () -> {
			work.run();
			return null;
		});
	}

	/**
	 * Returns a task that is a part of what this thread is doing for a turn, wherever it
	 * runs.
	 * @param task the task
	 * @return the task itself when this thread does nothing for any turn
	 */
	public static Runnable later(Runnable task) {
		CostTurn turn = TURN.get();
		return (turn == null) ? task : () -> run(turn, task);
	}

	static @Nullable CostTurn current() {
		return TURN.get();
	}

	private static void set(@Nullable CostTurn turn) {
		if (turn == null) {
			TURN.remove();
		}
		else {
			TURN.set(turn);
		}
	}

}
