package io.github.costwise.cache.learning;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Two answers on their way to a verdict.
 *
 * @param question the question
 * @param one an answer
 * @param other the other answer
 * @param verdict whether they are the same
 */
record Judgement(String question, String one, String other, CompletableFuture<Boolean> verdict) {

	Judgement(String question, String one, String other) {
		this(question, one, other, new CompletableFuture<>());
	}

	/** What to do next with a judgement. */
	record Step(Judgement judgement, Consumer<Judgement> action) implements Runnable {

		@Override
		public void run() {
			this.action.accept(this.judgement);
		}

	}

}
