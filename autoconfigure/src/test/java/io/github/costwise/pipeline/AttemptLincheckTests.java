package io.github.costwise.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.time.Time;

/**
 * Tests that whatever threads do to an {@link Attempt}, it is as if they had done it one
 * after another, it is settled once, and nothing is held once it is.
 */
@Tag("thorough")
public class AttemptLincheckTests {

	private static final RuntimeException FAILURE = new IllegalArgumentException("no");

	private static CallMeter meter() {
		Time time = new Time(Clock.systemUTC(), () -> 0, (task, delay) -> () -> {
		});
		CostTurn turn = new CostTurn("turn", null, new CostPolicy(CostPolicy.DEFAULT, CallLimits.NONE), time);
		CallMeter.CallFacts call = new CallMeter.CallFacts("call", 1, Purpose.ANSWER, "any", "any", Instant.EPOCH,
				false);
		return new CallMeter(null, turn, call, new PromptSize(new Prompt("How far is the moon?")), "");
	}

	/**
	 * What a meter, the books and the mark do in themselves is no matter of an attempt.
	 */
	@Test
	void whateverThreadsDoIsAsIfTheyDidItInTurn() {
		new ModelCheckingOptions().iterations(8)
			.invocationsPerIteration(100)
			.threads(2)
			.actorsPerThread(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.addGuarantee(ManagedStrategyGuaranteeKt
				.forClasses(CallMeter.class.getName(), Sums.class.getName(), ThreadLocal.class.getName())
				.allMethods()
				.ignore())
			.check(Subject.class);
	}

	/** What Lincheck does things to. */
	public static class Subject {

		private final Sums books = new Sums();

		private volatile boolean sent;

		private final Attempt attempt = new Attempt(meter(), this.books);

		@Operation
		public boolean sending() {
			try (CostScope.Opened sending = this.attempt.sending()) {
				if (sending == null) {
					return false;
				}
			}
			this.sent = true;
			return true;
		}

		@Operation
		public boolean answered() {
			return this.attempt.answered();
		}

		@Operation
		public boolean failed() {
			return this.attempt.failed(FAILURE);
		}

		@Operation
		public void cancelled() {
			this.attempt.cancelled();
		}

		@Operation
		public boolean abandon() {
			return this.attempt.abandon(Outcome.TIMED_OUT);
		}

		@Operation
		public void lost() {
			this.attempt.lost();
		}

		/** Checks what must hold whenever nobody does anything to it. */
		@Validate
		public void settledOnce() {
			this.books.check(this.attempt.state(), this.sent);
		}

	}

	/** Books that only add up. */
	private static final class Sums implements Attempt.Books {

		private static final long MAY_COST = 7;

		private final AtomicInteger settled = new AtomicInteger();

		private final AtomicLong held = new AtomicLong();

		@Override
		public void unsent(CallMeter meter) {
		}

		@Override
		public Money mayCost(CallMeter meter) {
			return Money.ofNanos(MAY_COST);
		}

		@Override
		public void hold(CallMeter meter, Money amount) {
			this.held.addAndGet(amount.nanos());
		}

		@Override
		public void release(CallMeter meter, Money amount) {
			this.held.addAndGet(-amount.nanos());
		}

		@Override
		public void settle(CallMeter meter, Attempt.End end) {
			this.settled.incrementAndGet();
		}

		private void check(Attempt.AttemptState state, boolean sent) {
			long holds = (state == Attempt.AttemptState.ABANDONED) ? MAY_COST : 0;
			if (this.held.get() != holds) {
				throw new IllegalStateException(state + " holds " + this.held.get());
			}
			boolean ended = state != Attempt.AttemptState.SENT && state != Attempt.AttemptState.ABANDONED;
			if (this.settled.get() != ((sent && ended) ? 1 : 0)) {
				throw new IllegalStateException(state + " is settled " + this.settled.get() + " times");
			}
		}

	}

}
