package io.github.costwise.cache.learning;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Two answers that are being compared.
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
	record JudgementStep(Judgement judgement, Consumer<Judgement> action) implements Runnable {

		@Override
		public void run() {
			this.action.accept(this.judgement);
		}

	}

}
