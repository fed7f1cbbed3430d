package io.github.costwise.pipeline;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.model.CallRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link Attempt}. */
@Tag("unit")
class AttemptTests {

	private static final RuntimeException FAILURE = new IllegalArgumentException("no");

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT);

	private final CostTurn turn = this.bench.turn(FlowBench.FALLBACK);

	private final Journal books = new Journal();

	private final Attempt attempt = attempt();

	private Attempt attempt() {
		return new Attempt(this.bench.attempt(this.turn, false).meter(), this.books);
	}

	@ParameterizedTest
	@EnumSource
	void endsASentCallOnceAndWhoeverCameFirstHadSomebodyWait(Form form) {
		send(this.attempt);
		boolean waited = form.end(this.attempt);
		assertThat(this.attempt.state()).isEqualTo(form.state);
		assertThat(waited).isTrue();
		assertThat(this.books.ends).containsExactly(new Attempt.End(form.outcome, null, form.error()));
		assertEnded(1);
		assertThat(this.books.held).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void booksNothingThatWasNotSentAndSendsItNoMore(Form form) {
		boolean waited = form.end(this.attempt);
		assertThat(this.attempt.state()).isEqualTo(form.state);
		assertThat(waited).isTrue();
		assertThat(this.attempt.sending()).isNull();
		assertEnded(0);
	}

	@ParameterizedTest
	@EnumSource
	void settlesAnAbandonedCallLateAsItWasAbandoned(Form form) {
		send(this.attempt);
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isTrue();
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.ABANDONED);
		assertThat(this.books.ends).isEmpty();
		assertThat(this.books.sum()).isEqualTo(Journal.MAY_COST);
		boolean waited = form.end(this.attempt);
		assertThat(waited).isEqualTo(form == Form.CANCELLED);
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.LATE);
		assertThat(this.books.ends).containsExactly(new Attempt.End(form.outcome, Outcome.TIMED_OUT, form.error()));
		assertThat(this.books.ends.get(0).isLate()).isTrue();
		assertEnded(1);
	}

	@Test
	void holdsWhatAnAbandonedCallMayCostUntilItIsSettled() {
		send(this.attempt);
		this.attempt.abandon(Outcome.CANCELLED);
		this.attempt.answered();
		assertThat(this.books.held).containsExactly(Journal.MAY_COST);
		assertThat(this.books.released).containsExactly(Journal.MAY_COST);
		assertThat(this.books.order).containsExactly("hold", "settle", "release");
	}

	@Test
	void isAbandonedOnceAndAsTheFirstSaid() {
		send(this.attempt);
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isTrue();
		assertThat(this.attempt.abandon(Outcome.CANCELLED)).isFalse();
		this.attempt.answered();
		assertThat(this.books.ends).containsExactly(new Attempt.End(Outcome.SUCCEEDED, Outcome.TIMED_OUT, null));
		assertThat(this.books.held).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void isNotAbandonedAfterItsEnd(Form form) {
		send(this.attempt);
		form.end(this.attempt);
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isFalse();
		assertThat(this.attempt.state()).isEqualTo(form.state);
		assertThat(this.books.held).isEmpty();
	}

	@Test
	void abandonedBeforeItIsSentIsNeverSentAndCostsNothing() {
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isTrue();
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.CANCELLED);
		assertThat(this.attempt.sending()).isNull();
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isFalse();
		assertThat(this.books.held).isEmpty();
		assertEnded(0);
	}

	@Test
	void marksTheThreadThatSendsAndRestoresWhatItSentBefore() {
		assertThat(Attempt.current()).isNull();
		Attempt inner = attempt();
		CostScope.Opened sending = this.attempt.sending();
		assertThat(Attempt.current()).isSameAs(this.attempt);
		CostScope.Opened further = inner.sending();
		assertThat(Attempt.current()).isSameAs(inner);
		further.close();
		assertThat(Attempt.current()).isSameAs(this.attempt);
		assertThat(this.attempt.sending()).isNull();
		assertThat(Attempt.current()).isSameAs(this.attempt);
		sending.close();
		assertThat(Attempt.current()).isNull();
	}

	@Test
	void markStaysUntilItIsClosedWhateverEndsTheCall() {
		try (CostScope.Opened sending = this.attempt.sending()) {
			assertThat(sending).isNotNull();
			this.attempt.failed(FAILURE);
			assertThat(Attempt.current()).isSameAs(this.attempt);
		}
		assertThat(Attempt.current()).isNull();
	}

	@Test
	void readsTimeOutsOfFailures() {
		send(this.attempt);
		this.attempt.failed(new IllegalStateException(new SocketTimeoutException()));
		assertThat(this.books.ends.get(0).seen()).isEqualTo(Outcome.TIMED_OUT);
	}

	@Test
	void breaksTheRequestOffWhenItIsCancelled() {
		List<String> stopped = new ArrayList<>();
		send(this.attempt);
		this.attempt.stopsBy(() -> stopped.add("request"));
		this.attempt.cancelled();
		assertThat(stopped).containsExactly("request");
		assertThat(this.books.ends).containsExactly(new Attempt.End(Outcome.CANCELLED, null, null));
	}

	@Test
	void answerThatBroughtEnoughIsBrokenOffAndSucceededForItsCaller() {
		List<String> stopped = new ArrayList<>();
		send(this.attempt);
		this.attempt.stopsBy(() -> stopped.add("request"));
		assertThat(this.attempt.broughtEnough()).isTrue();
		assertThat(stopped).containsExactly("request");
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.ANSWERED);
		assertThat(this.books.ends).containsExactly(new Attempt.End(Outcome.CANCELLED, Outcome.SUCCEEDED, null));
		assertThat(this.attempt.broughtEnough()).isFalse();
		assertEnded(1);
	}

	@Test
	void breaksARequestOffThatBeginsAfterTheCallerWentAway() {
		List<String> stopped = new ArrayList<>();
		send(this.attempt);
		this.attempt.cancelled();
		this.attempt.stopsBy(() -> stopped.add("request"));
		assertThat(stopped).containsExactly("request");
	}

	@Test
	void breaksAnAbandonedRequestOffAndDoesNotStopThoseThatNobodyGaveUp() {
		List<String> stopped = new ArrayList<>();
		Attempt other = attempt();
		List.of(this.attempt, other).forEach((one) -> {
			send(one);
			one.stopsBy(() -> stopped.add((one == other) ? "other" : "abandoned"));
		});
		this.attempt.abandon(Outcome.TIMED_OUT);
		assertThat(stopped).isEmpty();
		this.attempt.cancelled();
		other.answered();
		assertThat(stopped).containsExactly("abandoned");
	}

	@Test
	void lostSettlesOnlyWhatNobodyWaitsFor() {
		this.attempt.lost();
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.RESERVED);
		send(this.attempt);
		this.attempt.lost();
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.SENT);
		this.attempt.abandon(Outcome.TIMED_OUT);
		this.attempt.lost();
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.LATE);
		assertThat(this.books.ends).singleElement().satisfies((end) -> {
			assertThat(end.forCaller()).isEqualTo(Outcome.TIMED_OUT);
			assertThat(end.error()).isInstanceOf(CancellationException.class);
		});
		assertEnded(1);
	}

	@Test
	void holdsNothingThoughTheBooksFail() {
		send(this.attempt);
		this.attempt.abandon(Outcome.TIMED_OUT);
		this.books.settling = (end) -> {
			throw new IllegalStateException("full");
		};
		assertThatIllegalStateException().isThrownBy(this.attempt::answered);
		assertThat(this.books.sum()).isEqualTo(Money.ZERO);
		assertThat(this.attempt.state()).isEqualTo(Attempt.AttemptState.LATE);
	}

	@Test
	void holdsNothingWhenTheAnswerComesWhileItIsAbandoned() {
		send(this.attempt);
		this.books.holding = this.attempt::answered;
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isTrue();
		assertThat(this.books.ends).hasSize(1);
		assertEnded(1);
	}

	@Test
	void holdsNothingWhenTheAnswerComesWhileItIsPriced() {
		send(this.attempt);
		this.books.pricing = this.attempt::answered;
		assertThat(this.attempt.abandon(Outcome.TIMED_OUT)).isTrue();
		assertThat(this.books.ends).hasSize(1);
		assertEnded(1);
	}

	@Test
	void realBooksHoldItAgainstItsTurnAndTakeThePriceInstead() {
		Attempt real = this.bench.attempt(this.turn, false);
		send(real);
		real.abandon(Outcome.TIMED_OUT);
		assertThat(FlowBench.held(this.turn)).isGreaterThan(Money.ZERO);
		assertThat(this.turn.cost()).isEqualTo(Money.ZERO);
		real.meter().see(Answers.of("far"));
		real.answered();
		assertThat(FlowBench.held(this.turn)).isEqualTo(Money.ZERO);
		assertThat(this.turn.cost()).isEqualTo(Money.ofNanos(Answers.PROMPT + 3));
		assertThat(this.bench.booked).singleElement()
			.satisfies((call) -> assertThat(call.outcome()).isEqualTo(Outcome.TIMED_OUT));
	}

	private static void send(Attempt attempt) {
		CostScope.Opened sending = attempt.sending();
		assertThat(sending).isNotNull();
		sending.close();
	}

	/** Whatever comes later changes nothing. */
	private void assertEnded(int settled) {
		Attempt.AttemptState state = this.attempt.state();
		assertThat(this.attempt.answered()).isFalse();
		assertThat(this.attempt.failed(FAILURE)).isFalse();
		this.attempt.cancelled();
		this.attempt.lost();
		assertThat(this.attempt.sending()).isNull();
		assertThat(this.attempt.abandon(Outcome.CANCELLED)).isFalse();
		assertThat(this.attempt.state()).isEqualTo(state);
		assertThat(this.books.ends).hasSize(settled);
		assertThat(this.books.sum()).isEqualTo(Money.ZERO);
	}

	/** How a call may end. */
	private enum Form {

		ANSWERED(Attempt.AttemptState.ANSWERED, Outcome.SUCCEEDED), FAILED(Attempt.AttemptState.FAILED, Outcome.FAILED),
		CANCELLED(Attempt.AttemptState.CANCELLED, Outcome.CANCELLED);

		private final Attempt.AttemptState state;

		private final Outcome outcome;

		Form(Attempt.AttemptState state, Outcome outcome) {
			this.state = state;
			this.outcome = outcome;
		}

		private boolean end(Attempt attempt) {
			return switch (this) {
				case ANSWERED -> attempt.answered();
				case FAILED -> attempt.failed(FAILURE);
				case CANCELLED -> {
					attempt.cancelled();
					yield true;
				}
			};
		}

		private Throwable error() {
			return (this == FAILED) ? FAILURE : null;
		}

	}

	/** Books that only note what they are notified. */
	private static final class Journal implements Attempt.Books {

		private static final Money MAY_COST = Money.ofNanos(70);

		private static final Runnable NOTHING = () -> {
		};

		private final List<Attempt.End> ends = new ArrayList<>();

		private final List<Money> held = new ArrayList<>();

		private final List<Money> released = new ArrayList<>();

		private final List<String> order = new ArrayList<>();

		private Runnable pricing = NOTHING;

		private Runnable holding = NOTHING;

		private Consumer<Attempt.End> settling = (end) -> {
		};

		@Override
		public void unsent(CallMeter meter) {
		}

		@Override
		public Money mayCost(CallMeter meter) {
			this.pricing.run();
			return MAY_COST;
		}

		@Override
		public void hold(CallMeter meter, Money amount) {
			this.order.add("hold");
			this.held.add(amount);
			this.holding.run();
		}

		@Override
		public void release(CallMeter meter, Money amount) {
			this.order.add("release");
			this.released.add(amount);
		}

		@Override
		public void settle(CallMeter meter, Attempt.End end) {
			this.order.add("settle");
			this.ends.add(end);
			this.settling.accept(end);
		}

		private Money sum() {
			Money sum = Money.ZERO;
			for (Money amount : this.held) {
				sum = sum.plus(amount);
			}
			for (Money amount : this.released) {
				sum = sum.minus(amount);
			}
			return sum;
		}

	}

}
