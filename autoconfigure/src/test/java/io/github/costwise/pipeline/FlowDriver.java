package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CostScope;

import static org.assertj.core.api.Assertions.assertThat;

/** Does the steps of a flow by hand: waits take no time of the test. */
final class FlowDriver implements CallStep.CallDriver {

	private final FlowBench bench;

	final CallFlow flow;

	/** Who was asked and why, in order. */
	final List<String> asked = new ArrayList<>();

	/** How long was waited. */
	final List<Duration> waits = new ArrayList<>();

	/** Is run while work is done, before it. */
	Runnable working = () -> {
	};

	/** Is run after each wait. */
	Runnable waiting = () -> {
	};

	private @Nullable Attempt sent;

	private @Nullable CallPlan plan;

	private @Nullable Attempt given;

	private @Nullable Throwable failed;

	FlowDriver(FlowBench bench, CallFlow flow) {
		this.bench = bench;
		this.flow = flow;
	}

	/** Does steps until a call is sent. */
	Attempt sent() {
		Attempt reserved = reserved();
		try (CostScope.Opened sending = reserved.sending()) {
			assertThat(sending).as("may be sent").isNotNull();
		}
		return reserved;
	}

	/** Does steps until a call is to be sent. */
	Attempt reserved() {
		run();
		assertThat(this.sent).as("who is asked, not the end: " + this.failed).isNotNull();
		return this.sent;
	}

	/** Does steps until the caller gets an answer. */
	Attempt given() {
		run();
		assertThat(this.given).as("the answer, not another call of " + this.asked + " or " + this.failed).isNotNull();
		assertThat(this.flow.next()).isEqualTo(new CallStep.Give(this.given));
		return this.given;
	}

	/** Does steps until the caller gets a failure. */
	Throwable error() {
		run();
		assertThat(this.failed).as("the failure, not another call of " + this.asked + " or an answer").isNotNull();
		assertThat(this.flow.next()).isEqualTo(new CallStep.Raise(this.failed));
		return this.failed;
	}

	/** Sends a call and lets it be answered. */
	Attempt answer(ChatResponse whole) {
		Attempt asked = sent();
		assertThat(this.flow.answered(asked, whole)).isTrue();
		return asked;
	}

	/** Sends a call and lets it fail. */
	Attempt fail(Throwable error) {
		Attempt asked = sent();
		assertThat(this.flow.failed(asked, error)).isTrue();
		return asked;
	}

	ChunkStep chunk(ChatResponse chunk) {
		assertThat(this.sent).isNotNull();
		return this.flow.chunk(this.sent, chunk);
	}

	/** What was sent last. */
	CallPlan plan() {
		assertThat(this.plan).isNotNull();
		return this.plan;
	}

	private void run() {
		this.sent = null;
		while (this.sent == null && this.given == null && this.failed == null) {
			this.flow.next().accept(this);
		}
	}

	@Override
	public void work(CallStep.RunWork step) {
		this.working.run();
		step.work().run();
	}

	@Override
	public void await(CallStep.Pause step) {
		this.waits.add(step.atMost());
		this.bench.time.advance(step.atMost());
		this.waiting.run();
	}

	@Override
	public void send(CallStep.Send step) {
		String target = (step.plan().target() != null) ? step.plan().target().name() : "own";
		this.asked.add(target + " " + step.attempt().meter().call().purpose());
		this.sent = step.attempt();
		this.plan = step.plan();
	}

	@Override
	public void give(CallStep.Give step) {
		this.given = step.attempt();
	}

	@Override
	public void fail(CallStep.Raise step) {
		this.failed = step.error();
	}

}
