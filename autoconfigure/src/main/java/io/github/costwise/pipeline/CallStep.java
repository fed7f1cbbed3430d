package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What a call needs done next. A driver does it, blocking or reactive.
 *
 * @since 0.1.0
 */
public sealed interface CallStep {

	/**
	 * Lets a driver do the step.
	 * @param driver the driver
	 */
	void accept(CallDriver driver);

	/**
	 * Work of our own that may block; then the next step is due.
	 *
	 * @param work the work; does not throw
	 */
	record RunWork(Runnable work) implements CallStep {

		@Override
		public void accept(CallDriver driver) {
			driver.work(this);
		}

	}

	/**
	 * A wait; then the next step is due, whatever came of it.
	 *
	 * @param until what is waited for
	 * @param atMost how long
	 */
	record Pause(CompletableFuture<?> until, Duration atMost) implements CallStep {

		static Pause of(Duration delay) {
			return new Pause(new CompletableFuture<>(), delay);
		}

		@Override
		public void accept(CallDriver driver) {
			driver.await(this);
		}

	}

	/**
	 * A call to a model. The driver reports its end to the flow; if somebody waited, the
	 * next step is due.
	 *
	 * @param attempt the attempt
	 * @param plan what it sends
	 */
	record Send(Attempt attempt, CallPlan plan) implements CallStep {

		@Override
		public void accept(CallDriver driver) {
			driver.send(this);
		}

	}

	/**
	 * The end: the caller gets the answer of an attempt.
	 *
	 * @param attempt the attempt
	 */
	record Give(Attempt attempt) implements CallStep {

		@Override
		public void accept(CallDriver driver) {
			driver.give(this);
		}

	}

	/**
	 * The end: the caller gets a failure.
	 *
	 * @param error the failure
	 */
	record Raise(Throwable error) implements CallStep {

		@Override
		public void accept(CallDriver driver) {
			driver.fail(this);
		}

	}

	/**
	 * Does steps.
	 */
	interface CallDriver {

		/**
		 * Does work.
		 * @param step the step
		 */
		void work(RunWork step);

		/**
		 * Waits.
		 * @param step the step
		 */
		void await(Pause step);

		/**
		 * Sends a call.
		 * @param step the step
		 */
		void send(Send step);

		/**
		 * Gives an answer.
		 * @param step the step
		 */
		void give(Give step);

		/**
		 * Gives a failure.
		 * @param step the step
		 */
		void fail(Raise step);

	}

}
