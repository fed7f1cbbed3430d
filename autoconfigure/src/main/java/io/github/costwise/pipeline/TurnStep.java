package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.costwise.cache.response.CacheHit;

/**
 * What a turn needs done next. A driver does it, blocking or reactive.
 *
 * @since 0.1.0
 */
public sealed interface TurnStep {

	/**
	 * Lets a driver do the step.
	 * @param driver the driver
	 */
	void accept(TurnDriver driver);

	/**
	 * Work of our own that may block; then the next step is due.
	 *
	 * @param work the work; does not throw
	 */
	record Work(Runnable work) implements TurnStep {

		@Override
		public void accept(TurnDriver driver) {
			driver.work(this);
		}

	}

	/**
	 * A wait that holds nothing that others need; then the next step is due.
	 *
	 * @param until completes when there is something to do
	 * @param atMost how long to wait for that
	 */
	record Await(CompletableFuture<?> until, Duration atMost) implements TurnStep {

		@Override
		public void accept(TurnDriver driver) {
			driver.await(this);
		}

	}

	/**
	 * The model is asked, and the flow is notified of the end.
	 *
	 * @param recorded whether somebody wants to keep the answer
	 */
	record Ask(boolean recorded) implements TurnStep {

		@Override
		public void accept(TurnDriver driver) {
			driver.ask(this);
		}

	}

	/**
	 * An answer is there already.
	 *
	 * @param hit the answer
	 */
	record Serve(CacheHit hit) implements TurnStep {

		@Override
		public void accept(TurnDriver driver) {
			driver.serve(this);
		}

	}

	/**
	 * The caller gets a failure.
	 *
	 * @param error the failure
	 */
	record Fail(Throwable error) implements TurnStep {

		@Override
		public void accept(TurnDriver driver) {
			driver.fail(this);
		}

	}

	/**
	 * Does steps.
	 */
	interface TurnDriver {

		/**
		 * Does work.
		 * @param step the step
		 */
		void work(Work step);

		/**
		 * Waits.
		 * @param step the step
		 */
		void await(Await step);

		/**
		 * Asks the model.
		 * @param step the step
		 */
		void ask(Ask step);

		/**
		 * Gives an answer that is there.
		 * @param step the step
		 */
		void serve(Serve step);

		/**
		 * Gives a failure.
		 * @param step the step
		 */
		void fail(Fail step);

	}

}
