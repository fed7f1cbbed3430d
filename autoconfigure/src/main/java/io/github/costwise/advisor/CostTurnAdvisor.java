package io.github.costwise.advisor;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

import io.github.costwise.accounting.TurnRecord.Outcome;
import io.github.costwise.answer.AnswerMode;
import io.github.costwise.answer.AnswerRecorder;
import io.github.costwise.answer.Recording;
import io.github.costwise.background.Background;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.pipeline.CostScope;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.TurnPipeline;

/**
 * Opens and closes a turn: inside chat memory, so that memory sees every answer, and
 * outside the tool loop, so that it runs once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostTurnAdvisor implements CallAdvisor, StreamAdvisor, AutoCloseable {

	/** Between chat memory (+200) and the tool loop (+300). */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 250;

	private final TurnPipeline pipeline;

	private final ScopeCapture scopes;

	private final CostMode mode;

	private final CachedTurns cache;

	private final Refreshes refreshes;

	/**
	 * Creates the advisor.
	 * @param pipeline what happens once a turn
	 * @param scopes finds the scope of a request
	 * @param mode how much may be done
	 * @param models the chat models of the application
	 * @param background does what is not a part of the turns
	 */
	public CostTurnAdvisor(TurnPipeline pipeline, ScopeCapture scopes, CostMode mode, TargetModels models,
			Background background) {
		this.pipeline = pipeline;
		this.scopes = scopes;
		this.mode = mode;
		this.cache = new CachedTurns(pipeline, this, models);
		this.refreshes = new Refreshes(background);
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostTurn turn = this.pipeline
			.open(this.scopes.find(request, this.scopes.captured(request), CostScope.current()));
		Outcome outcome = Outcome.FAILED;
		try (CostScope.Opened inner = turn.innerScope().open()) {
			CacheTurn way = this.cache.open(turn, request, AnswerMode.CALL, chain.getCallAdvisors());
			CacheHit hit = (way != null) ? this.cache.find(turn, way) : null;
			ChatClientResponse response = (hit != null) ? hit(request, chain, turn, hit) : ask(request, chain, turn);
			outcome = Outcome.ANSWERED;
			return response;
		}
		catch (RuntimeException | Error ex) {
			this.pipeline.failed(turn, ex);
			throw ex;
		}
		finally {
			this.pipeline.close(turn, outcome);
		}
	}

	private ChatClientResponse ask(ChatClientRequest request, CallAdvisorChain chain, CostTurn turn) {
		List<CallAdvisor> advisors = chain.getCallAdvisors();
		ChatClientResponse response = chain.nextCall(prepare(request, turn));
		if (turn.cached() == null || ValidatedAnswers.accepted(request, response, advisors)) {
			this.pipeline.answered(turn,
					(turn.cached() != null) ? AnswerRecorder.of(response.chatResponse()) : Recording.NONE);
		}
		else {
			this.pipeline.invalid(turn);
		}
		return response;
	}

	private ChatClientRequest prepare(ChatClientRequest request, CostTurn turn) {
		return TurnRequests.prepare(request, turn, this.mode == CostMode.ENFORCE);
	}

	private ChatClientResponse hit(ChatClientRequest request, CallAdvisorChain chain, CostTurn turn, CacheHit hit) {
		if (hit.stale()) {
			CallAdvisorChain rest = chain.copy(this);
			this.refreshes.run(() -> refresh(request, rest, turn));
		}
		return Replays.whole(request, hit);
	}

	private void refresh(ChatClientRequest request, CallAdvisorChain chain, CostTurn hit) {
		CostTurn turn = this.pipeline.open(hit.innerScope());
		if (!this.pipeline.refresh(turn, hit)) {
			return;
		}
		Outcome outcome = Outcome.FAILED;
		try (CostScope.Opened inner = turn.innerScope().open()) {
			ask(request, chain, turn);
			outcome = Outcome.ANSWERED;
		}
		catch (RuntimeException | Error ex) {
			this.pipeline.failed(turn, ex);
			throw ex;
		}
		finally {
			this.pipeline.close(turn, outcome);
		}
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		ScopeCapture.Captured captured = this.scopes.captured(request);
		@Nullable CostScope onThread = CostScope.current();
		return Flux.deferContextual((context) -> stream(request, chain,
				this.scopes.find(request, captured, context.getOrDefault(CostScope.PARAMETER, onThread))));
	}

	private Flux<ChatClientResponse> stream(ChatClientRequest request, StreamAdvisorChain chain,
			@Nullable CostScope scope) {
		CostTurn turn = this.pipeline.open(scope);
		CacheTurn way = this.cache.open(turn, request, AnswerMode.STREAM, chain.getStreamAdvisors());
		if (way == null) {
			return ask(request, chain, turn, null);
		}
		Flux<ChatClientResponse> answer = this.cache.findReactive(turn, way)
			.map((hit) -> hit(request, chain, turn, hit))
			.switchIfEmpty(Mono.fromSupplier(() -> ask(request, chain, turn, new AnswerRecorder(AnswerMode.STREAM))))
			.flatMapMany(Function.identity());
		return WatchedFlux.of(answer, new TurnWatcher(this.pipeline, turn, null));
	}

	private Flux<ChatClientResponse> ask(ChatClientRequest request, StreamAdvisorChain chain, CostTurn turn,
			@Nullable AnswerRecorder answer) {
		return WatchedFlux.of(chain.nextStream(prepare(request, turn)), new TurnWatcher(this.pipeline, turn, answer))
			.contextWrite((inner) -> inner.put(CostScope.PARAMETER, turn.innerScope()));
	}

	private Flux<ChatClientResponse> hit(ChatClientRequest request, StreamAdvisorChain chain, CostTurn turn,
			CacheHit hit) {
		if (hit.stale()) {
			StreamAdvisorChain rest = chain.copy(this);
			this.refreshes.run(() -> refresh(request, rest, turn));
		}
		return WatchedFlux.of(Replays.chunks(request, hit), new TurnWatcher(this.pipeline, turn, null));
	}

	private void refresh(ChatClientRequest request, StreamAdvisorChain chain, CostTurn hit) {
		CostTurn turn = this.pipeline.open(hit.innerScope());
		if (!this.pipeline.refresh(turn, hit)) {
			return;
		}
		try {
			ask(request, chain, turn, new AnswerRecorder(AnswerMode.STREAM)).blockLast();
		}
		finally {
			this.pipeline.close(turn, Outcome.FAILED);
		}
	}

	/** Ends what is asked beside the turns. */
	@Override
	public void close() {
		this.refreshes.close();
	}

	@Override
	public String getName() {
		return "Costwise Turn";
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/**
	 * Closes the turn before the end of the stream is passed on, so that whoever saw the
	 * end finds the turn in the ledger.
	 */
	private record TurnWatcher(TurnPipeline pipeline, CostTurn turn,
			@Nullable AnswerRecorder answer) implements WatchedFlux.Watcher<ChatClientResponse> {

		@Override
		public void next(ChatClientResponse response) {
			if (this.answer != null && response.chatResponse() != null) {
				this.answer.see(response.chatResponse());
			}
		}

		@Override
		public void completed() {
			if (this.answer != null) {
				this.pipeline.answered(this.turn, this.answer.recording());
			}
			this.pipeline.close(this.turn, Outcome.ANSWERED);
		}

		@Override
		public void failed(Throwable error) {
			this.pipeline.failed(this.turn, error);
			this.pipeline.close(this.turn, Outcome.FAILED);
		}

		@Override
		public void cancelled() {
			this.pipeline.close(this.turn, Outcome.CANCELLED);
		}

	}

}
