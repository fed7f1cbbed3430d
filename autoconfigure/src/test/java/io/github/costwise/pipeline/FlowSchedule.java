package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.Verdict;
import io.github.costwise.pipeline.FlowBench.Trouble;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

/**
 * One flow to which things happen in the order that a seed says, and what must hold
 * whatever that is.
 */
final class FlowSchedule implements CallStep.CallDriver {

	private static final List<ChatResponse> CHUNKS = List.of(Answers.chunk(""), Answers.thought(""),
			Answers.thought("hm"), Answers.signed("hm"), Answers.chunk("far"), Answers.end(3));

	private static final List<ChatResponse> WHOLE = List.of(Answers.of("far"), Answers.of("near"), Answers.of(""),
			Answers.of("", "CONTENT_FILTER"), Answers.of("fa", "LENGTH"));

	private final List<Attempt> unsent = new ArrayList<>();

	private final List<Attempt> sent = new ArrayList<>();

	private final List<Attempt> abandoned = new ArrayList<>();

	private final FlowBench bench;

	private final Random random;

	private final CostTurn turn;

	private final CallFlow flow;

	private final boolean streamed;

	private @Nullable Attempt current;

	private @Nullable CallStep end;

	private boolean bound;

	private boolean cancelled;

	FlowSchedule(FlowBench bench, Random random) {
		this.bench = bench;
		this.random = random;
		bench.booked.clear();
		bench.gate = (candidate) -> (random.nextInt(3) == 0) ? FlowBench.REJECTED : Verdict.UNDECIDED;
		for (RouteTarget target : FlowBench.ALL) {
			if (random.nextInt(4) == 0) {
				bench.probe(target);
			}
		}
		this.streamed = random.nextBoolean();
		this.turn = turn();
		FlowSite site = site();
		this.flow = one(10)
				? bench.flows.begin(this.turn, site, bench.decision(FlowBench.LIGHT), CallRecord.Purpose.JUDGE)
				: bench.flows.begin(this.turn, site);
	}

	private boolean one(int of) {
		return this.random.nextInt(of) == 0;
	}

	private void seldom(Runnable event) {
		if (one(4)) {
			event.run();
		}
	}

	private <T> T any(List<T> of) {
		return of.get(this.random.nextInt(of.size()));
	}

	private CostTurn turn() {
		RoutingPolicy.RoutingMode mode = one(8) ? any(List.of(RoutingPolicy.RoutingMode.values()))
				: RoutingPolicy.RoutingMode.ENFORCE;
		FallbackPolicy fallback = new FallbackPolicy(!one(8), 1 + this.random.nextInt(4),
				one(2) ? Duration.ofSeconds(5) : null, one(2) ? Duration.ofSeconds(1) : null,
				one(4) ? Money.ofNanos(150) : null, one(4), Duration.ofSeconds(2), Map.of(), one(2));
		GateRules gate = new GateRules(one(2) ? GateRules.GateMode.OFF : GateRules.GateMode.ENFORCE, 1,
				one(2) ? "peer" : null, one(2));
		return this.bench.turn(new CallLimits(null, one(3) ? 1 + this.random.nextInt(3) : null, null), mode, fallback,
				gate);
	}

	private FlowSite site() {
		FlowSite site = new FlowSite(this.streamed);
		site.wish = new RoutingInput.RequestedModel(null, one(3) ? "light" : null, false);
		int odds = one(4) ? 4 : 1000;
		site.planning = (target) -> {
			if (one(odds)) {
				throw failure();
			}
			if (one(100)) {
				leave();
			}
		};
		site.judging = (answer) -> {
			if (one(odds)) {
				throw failure();
			}
			return GatedAnswer.of(answer.text());
		};
		return site;
	}

	private RuntimeException failure() {
		return one(4) ? new Trouble(Duration.ofMillis(this.random.nextInt(2500)))
				: new Trouble(any(List.of(FailureKind.values())));
	}

	void run() {
		step();
		for (int events = 0; this.end == null; events++) {
			require(events < 10_000, "it ends");
			happen(Objects.requireNonNull(this.current));
		}
		settle();
		check(this.bench, this.turn, this.sent);
	}

	private void step() {
		this.current = null;
		while (this.current == null && this.end == null) {
			if (one(50)) {
				cancel();
			}
			this.flow.next().accept(this);
		}
	}

	private void happen(Attempt by) {
		if (this.unsent.contains(by) && !one(8)) {
			send(by);
			return;
		}
		switch (this.random.nextInt(12)) {
			case 0, 1, 2 -> chunk(by);
			case 3 -> due(this.flow.answered(by, this.streamed ? null : any(WHOLE)));
			case 4 -> due(this.flow.failed(by, one(40) ? new StackOverflowError() : failure()));
			case 5, 6 -> this.bench.time.advance(Duration.ofMillis(this.random.nextInt(1500)));
			case 7, 8 -> due(this.flow.overdue(by));
			case 9 -> seldom(() -> due(this.flow.interrupted(by, new IllegalStateException("interrupted"))));
			case 10 -> seldom(this::cancel);
			default -> late();
		}
	}

	private void send(Attempt by) {
		this.unsent.remove(by);
		try (CostScope.Opened sending = by.sending()) {
			if (sending != null) {
				this.sent.add(by);
				return;
			}
		}
		step();
	}

	private void chunk(Attempt by) {
		if (!this.streamed || !this.sent.contains(by)) {
			return;
		}
		ChatResponse chunk = any(CHUNKS);
		ChunkStep step = this.flow.chunk(by, chunk);
		boolean content = chunk.getResult().getOutput().getText().equals("far");
		this.bound |= content && step != ChunkStep.HOLD;
	}

	/** Nobody waits for an attempt any more that did not end by itself. */
	private void due(boolean due) {
		Attempt by = Objects.requireNonNull(this.current);
		if (by.state() == Attempt.AttemptState.ABANDONED) {
			this.abandoned.add(by);
		}
		if (due) {
			step();
		}
	}

	/** A driver that is notified so goes on, if only to hear that it is the end. */
	private void cancel() {
		Attempt by = this.current;
		leave();
		if (by != null) {
			step();
		}
	}

	private void leave() {
		this.flow.cancelled();
		this.cancelled = true;
	}

	private void late() {
		if (this.abandoned.isEmpty()) {
			return;
		}
		Attempt by = any(this.abandoned);
		boolean due = switch (this.random.nextInt(4)) {
			case 0 -> this.flow.chunk(by, any(CHUNKS)) != ChunkStep.HOLD;
			case 1 -> this.flow.answered(by, this.streamed ? null : any(WHOLE));
			case 2 -> this.flow.failed(by, failure());
			default -> this.flow.overdue(by);
		};
		require(!due, "what is late changes nothing");
	}

	/** At the latest when the application stops, each attempt comes to its end. */
	private void settle() {
		for (Attempt by : this.abandoned) {
			switch (this.random.nextInt(3)) {
				case 0 -> by.lost();
				case 1 -> by.cancelled();
				default -> this.flow.answered(by, this.streamed ? null : any(WHOLE));
			}
		}
		require(this.flow.next().equals(this.end), "the end is the end");
	}

	/** What must hold of a turn all whose calls have come to their end. */
	static void check(FlowBench bench, CostTurn turn, List<Attempt> sent) {
		for (Attempt by : sent) {
			long records = bench.booked.stream().filter((call) -> call.id().equals(by.meter().id())).count();
			require(records == 1, by.state() + " is settled once, not " + records);
		}
		require(bench.booked.size() == sent.size(), "only what was sent is booked");
		require(FlowBench.held(turn).equals(Money.ZERO), "nothing is held, not " + FlowBench.held(turn));
		Money sum = Money.ZERO;
		for (CallRecord call : bench.booked) {
			sum = sum.plus(call.price().amount());
		}
		require(sum.equals(turn.cost()), "the turn costs what its calls cost");
		require(bench.faults.count(Faults.Kind.USAGE) == 0, "what was seen can be read");
		Set<String> unavailable = bench.health.unavailable();
		for (RouteTarget target : FlowBench.ALL) {
			require(unavailable.contains(target.name()) || bench.isFree(target), target.name() + " is free");
		}
	}

	static void require(boolean holds, String what) {
		if (!holds) {
			throw new AssertionError("Does not hold: " + what);
		}
	}

	@Override
	public void work(CallStep.RunWork step) {
		if (one(50)) {
			leave();
		}
		step.work().run();
	}

	@Override
	public void await(CallStep.Pause step) {
		require(step.atMost().compareTo(Duration.ZERO) > 0, "a wait takes time");
		this.bench.time.advance(step.atMost().plusMillis(one(2) ? this.random.nextInt(3000) : 0));
	}

	@Override
	public void send(CallStep.Send step) {
		require(!this.bound, "nobody is asked after content was shown");
		require(!this.cancelled || step.attempt().state() == Attempt.AttemptState.CANCELLED,
				"nobody is asked for a caller who went away");
		this.current = step.attempt();
		this.unsent.add(step.attempt());
	}

	@Override
	public void give(CallStep.Give step) {
		require(step.attempt().state() == Attempt.AttemptState.ANSWERED, "what is given was answered");
		this.end = step;
	}

	@Override
	public void fail(CallStep.Raise step) {
		this.end = step;
	}

}
