package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.routing.RoutingTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnFlow}.
 */
@Tag("unit")
class TurnFlowTests {

	private static final AskedClient NOBODY = new AskedClient() {

		@Override
		public AnswerMode mode() {
			return AnswerMode.CALL;
		}

		@Override
		public AdvisorPath path() {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable String model() {
			return null;
		}

		@Override
		public RoutingInput.RequestedModel wish(RoutingTable table) {
			return RoutingInput.RequestedModel.NONE;
		}

	};

	private final List<String> told = new ArrayList<>();

	private final FlowBench bench = new FlowBench(FlowBench.LIGHT);

	private final Told first = new Told("first");

	private final Told second = new Told("second");

	private final TurnPipeline pipeline = new TurnPipeline(new CostPolicies(List.of()), this.bench.accountant,
			List.of(this.first, this.second), this.bench.time.time());

	private final Supplier<TurnAsk> ask = () -> {
		this.told.add("asked");
		return new TurnAsk(new Prompt("How far is the moon?"), Map.of(), NOBODY);
	};

	private final CostTurn turn = this.pipeline.open(null);

	private final TurnFlow flow = this.pipeline.begin(this.turn, this.ask);

	private List<TurnRecord> closed() {
		return this.bench.turns;
	}

	private TurnStep worked() {
		TurnStep step = this.flow.next();
		assertThat(step).isInstanceOf(TurnStep.Work.class);
		((TurnStep.Work) step).work().run();
		return this.flow.next();
	}

	@Test
	void modelIsAskedAtOnceWhereNoPillarIsConcerned() {
		assertThat(this.flow.next()).isEqualTo(new TurnStep.Ask(false));
		assertThat(this.told).isEmpty();
	}

	@Test
	void answerIsRecordedWhereAPillarWantsIt() {
		this.second.recording = true;
		assertThat(this.flow.next()).isEqualTo(new TurnStep.Ask(true));
	}

	@Test
	void pillarsTakeTheirStepsInTheirOrderAsWorkThatMayBlock() {
		this.first.steps.add(null);
		this.second.steps.add(null);
		assertThat(worked()).isInstanceOf(TurnStep.Work.class);
		assertThat(this.told).containsExactly("asked", "first before");
		assertThat(worked()).isEqualTo(new TurnStep.Ask(false));
		assertThat(this.told).endsWith("second before");
	}

	@Test
	void pillarThatHadToWaitIsAskedAgain() {
		TurnStep.Await wait = new TurnStep.Await(new CompletableFuture<>(), Duration.ofSeconds(1));
		this.first.steps.add(wait);
		this.first.steps.add(null);
		assertThat(worked()).isSameAs(wait);
		this.flow.stopWaiting();
		assertThat(worked()).isInstanceOf(TurnStep.Ask.class);
		assertThat(this.told).containsExactly("asked", "first before", "first waits no more", "second waits no more",
				"asked", "first before");
	}

	@Test
	void pillarThatHasTheAnswerEndsTheTurnBeforeTheOthers() {
		CacheHit hit = new CacheHit("h", CacheHit.HitKind.EXACT, "e", answer(), 1, 1, Duration.ZERO, false);
		this.first.steps.add(new TurnStep.Serve(hit));
		assertThat(worked()).isEqualTo(new TurnStep.Serve(hit));
		this.flow.served();
		this.flow.close();
		assertThat(this.told).containsExactly("asked", "first before", "first closed", "second closed");
		assertThat(closed()).singleElement().returns(TurnOutcome.ANSWERED, TurnRecord::outcome);
	}

	private static CachedAnswer answer() {
		return new CachedAnswer(RecordedAnswer.of("384,400 km"), "m", Tier.STANDARD, TokenUsage.of(1, 1),
				Money.ofNanos(7));
	}

	@Test
	void whatAPillarThrowsFailsTheTurn() {
		IllegalStateException broken = new IllegalStateException("broken");
		this.first.error = broken;
		this.first.steps.add(null);
		assertThat(worked()).isEqualTo(new TurnStep.Fail(broken));
		this.flow.failed(broken);
		assertThat(this.told).endsWith("first failed", "second failed", "first closed", "second closed");
		assertThat(closed()).singleElement().returns(TurnOutcome.FAILED, TurnRecord::outcome);
	}

	@Test
	void allPillarsAreNotifiedOfTheAnswerAndTheEnd() {
		this.flow.next();
		this.flow.answered(Recording.NONE);
		this.flow.close();
		assertThat(this.told).containsExactly("first answered", "second answered", "first closed", "second closed");
		assertThat(closed()).singleElement().returns(TurnOutcome.ANSWERED, TurnRecord::outcome);
	}

	@Test
	void answerThatIsNotWhatWasAskedForIsAnAnswerAllTheSame() {
		this.flow.next();
		this.flow.invalid();
		this.flow.close();
		assertThat(this.told).startsWith("first invalid", "second invalid");
		assertThat(closed()).singleElement().returns(TurnOutcome.ANSWERED, TurnRecord::outcome);
	}

	@Test
	void turnIsClosedOnceWhicheverEndComesFirst() {
		this.flow.next();
		this.flow.cancelled();
		this.flow.failed(new IllegalStateException("late"));
		this.flow.close();
		assertThat(closed()).singleElement().returns(TurnOutcome.CANCELLED, TurnRecord::outcome);
	}

	@Test
	void turnThatIsLeftWithoutAnEndHasFailed() {
		this.flow.close();
		assertThat(closed()).singleElement().returns(TurnOutcome.FAILED, TurnRecord::outcome);
	}

	@Test
	void recordTellsWhatThePillarsSay() {
		this.first.saved = Money.ofNanos(7);
		this.flow.served();
		this.flow.close();
		assertThat(closed()).singleElement()
			.returns(CacheOutcome.HIT, TurnRecord::cacheOutcome)
			.returns("as second says", (turn) -> turn.route().cause())
			.returns(Money.ofNanos(7), (record) -> record.cost().saved().cache());
	}

	@Test
	void pillarThatThrowsAtTheEndHarmsNobody() {
		this.first.failing = true;
		this.flow.next();
		this.flow.answered(Recording.NONE);
		this.flow.close();
		assertThat(this.told).contains("second answered", "second closed");
		assertThat(closed()).singleElement().returns(TurnOutcome.ANSWERED, TurnRecord::outcome);
		assertThat(this.bench.faults.count(Faults.Kind.CACHE)).isEqualTo(2);
	}

	@Test
	void turnThatRefreshesAnAnswerSkipsThePillarsUnlessOneObjects() {
		this.first.steps.add(null);
		TurnFlow refresh = this.pipeline.refresh(this.turn);
		assertThat(refresh).isNotNull();
		assertThat(refresh.next()).isInstanceOf(TurnStep.Ask.class);
		assertThat(refresh.turn().parentId()).isEqualTo(this.turn.id());
		this.second.refreshing = false;
		assertThat(this.pipeline.refresh(this.turn)).isNull();
	}

	/** Takes the steps that it is given, and tells what it received. */
	private final class Told implements TurnPillar {

		private final List<@Nullable TurnStep> steps = new ArrayList<>();

		private final String name;

		private boolean recording;

		private boolean failing;

		private boolean refreshing = true;

		private @Nullable RuntimeException error;

		private @Nullable Money saved;

		Told(String name) {
			this.name = name;
		}

		private void told(String what) {
			TurnFlowTests.this.told.add(this.name + " " + what);
		}

		private void failIfAsked() {
			if (this.failing) {
				throw new IllegalStateException("broken");
			}
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Faults.Kind faultKind() {
			return Faults.Kind.CACHE;
		}

		@Override
		public boolean concerns(CostTurn turn) {
			return !this.steps.isEmpty();
		}

		@Override
		public @Nullable TurnStep before(CostTurn turn, TurnAsk ask) {
			told("before");
			if (this.error != null) {
				throw this.error;
			}
			return this.steps.remove(0);
		}

		@Override
		public void stopWaiting(CostTurn turn) {
			told("waits no more");
		}

		@Override
		public boolean refreshes(CostTurn turn, CostTurn stale) {
			return this.refreshing;
		}

		@Override
		public boolean records(CostTurn turn) {
			return this.recording;
		}

		@Override
		public void answered(CostTurn turn, Recording given) {
			told("answered");
			failIfAsked();
		}

		@Override
		public void invalid(CostTurn turn) {
			told("invalid");
		}

		@Override
		public void failed(CostTurn turn, Throwable cause) {
			told("failed");
		}

		@Override
		public void closing(CostTurn turn, TurnOutcome outcome, TurnSummary summary) {
			told("closed");
			failIfAsked();
			summary.because("as " + this.name + " says");
			if (this.saved != null) {
				summary.cached(CacheOutcome.HIT, this.saved);
			}
		}

	}

}
