package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

import io.github.costwise.CostScope;
import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.Recording;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.pipeline.TurnFlow;
import io.github.costwise.pipeline.TurnStep;

/**
 * Does the steps of one streamed turn, each when the one before is done. What may block
 * runs on no thread of an event loop. The turn is closed before the end of the stream is
 * passed on, so that whoever saw the end finds it in the ledger. Belongs to one
 * subscriber.
 */
final class StreamedTurn implements TurnStep.TurnDriver, WatchedFlux.Watcher<ChatClientResponse> {

	private final TurnFlow flow;

	private final ChatClientRequest request;

	private final StreamAdvisorChain chain;

	private final StreamAdvisor self;

	private final TurnSide side;

	private Flux<ChatClientResponse> rest = Flux.empty();

	private volatile boolean asked;

	private @Nullable ChatClientResponse seen;

	private volatile @Nullable AnswerRecorder recorder;

	StreamedTurn(TurnFlow flow, ChatClientRequest request, StreamAdvisorChain chain, StreamAdvisor self,
			TurnSide side) {
		this.flow = flow;
		this.request = request;
		this.chain = chain;
		this.self = self;
		this.side = side;
	}

	Flux<ChatClientResponse> answer() {
		return WatchedFlux.of(rest(), this)
			.contextWrite((context) -> context.put(CostScope.PARAMETER, this.flow.turn().innerScope()));
	}

	/** What a step throws is the end of a turn, which is closed. */
	private Flux<ChatClientResponse> rest() {
		try {
			this.flow.next().accept(this);
			return this.rest;
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

	@Override
	public void work(TurnStep.Work step) {
		if (EventLoops.isOne()) {
			this.rest = Mono.fromRunnable(step.work())
				.subscribeOn(Schedulers.boundedElastic())
				.thenMany(Flux.defer(this::rest));
		}
		else {
			step.work().run();
			this.rest = rest();
		}
	}

	@Override
	public void await(TurnStep.Await step) {
		Waits waits = new Waits(this.side.time().timers());
		this.rest = Mono.fromFuture(step.until().thenApply((done) -> Boolean.TRUE), true)
			.publishOn(Schedulers.boundedElastic())
			.timeout(waits.after(step.atMost()), Mono.empty())
			.onErrorComplete()
			.thenMany(Flux.defer(this::rest));
	}

	@Override
	public void ask(TurnStep.Ask step) {
		this.recorder = step.recorded() ? new AnswerRecorder(AnswerMode.STREAM) : null;
		this.asked = true;
		this.rest = this.chain.nextStream(this.side.prepare(this.request, this.flow));
	}

	@Override
	public void serve(TurnStep.Serve step) {
		if (step.hit().stale()) {
			StreamAdvisorChain copy = this.chain.copy(this.self);
			this.side.refreshes().run(() -> refresh(copy));
		}
		this.rest = Replays.chunks(this.request, step.hit());
	}

	private void refresh(StreamAdvisorChain copy) {
		TurnFlow again = this.side.pipeline().refresh(this.flow.turn());
		if (again != null) {
			try {
				new StreamedTurn(again, this.request, copy, this.self, this.side).answer().blockLast();
			}
			finally {
				again.close();
			}
		}
	}

	@Override
	public void fail(TurnStep.Fail step) {
		this.rest = Flux.error(step.error());
	}

	@Override
	public boolean next(ChatClientResponse chunk) {
		AnswerRecorder taking = this.recorder;
		if (taking != null && chunk.chatResponse() != null) {
			taking.see(chunk.chatResponse());
		}
		boolean first = this.seen == null;
		this.seen = chunk;
		return this.side.acts() && LastChunk.mayBe(chunk.chatResponse(), first);
	}

	@Override
	public @Nullable ChatClientResponse completed(@Nullable ChatClientResponse waiting) {
		AnswerRecorder taken = this.recorder;
		if (this.asked) {
			this.flow.answered((taken != null) ? taken.recording() : Recording.NONE);
		}
		else {
			this.flow.served();
		}
		this.flow.close();
		return this.side.acts() ? this.side.told((waiting != null) ? waiting : TurnMetadata.after(this.seen), this.flow)
				: waiting;
	}

	@Override
	public void failed(Throwable error) {
		this.flow.failed(error);
	}

	@Override
	public void cancelled() {
		this.flow.cancelled();
	}

}
