package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

import io.github.costwise.accounting.TurnRecord.Outcome;
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
public final class CostTurnAdvisor implements CallAdvisor, StreamAdvisor {

	/** Between chat memory (+200) and the tool loop (+300). */
	public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 250;

	private final TurnPipeline pipeline;

	private final ScopeCapture scopes;

	private final CostMode mode;

	/**
	 * Creates the advisor.
	 * @param pipeline what happens once a turn
	 * @param scopes finds the scope of a request
	 * @param mode how much may be done
	 */
	public CostTurnAdvisor(TurnPipeline pipeline, ScopeCapture scopes, CostMode mode) {
		this.pipeline = pipeline;
		this.scopes = scopes;
		this.mode = mode;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostTurn turn = this.pipeline.open(this.scopes.forCall(request));
		Outcome outcome = Outcome.FAILED;
		try (CostScope.Opened inner = turn.innerScope().open()) {
			ChatClientResponse response = chain
				.nextCall(TurnRequests.prepare(request, turn, this.mode == CostMode.ENFORCE));
			outcome = Outcome.ANSWERED;
			return response;
		}
		finally {
			this.pipeline.close(turn, outcome);
		}
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		@Nullable CostScope onThread = CostScope.current();
		return Flux.deferContextual((context) -> stream(request, chain, context, onThread));
	}

	private Flux<ChatClientResponse> stream(ChatClientRequest request, StreamAdvisorChain chain, ContextView context,
			@Nullable CostScope onThread) {
		CostTurn turn = this.pipeline.open(this.scopes.forStream(request, context, onThread));
		Flux<ChatClientResponse> answer = chain
			.nextStream(TurnRequests.prepare(request, turn, this.mode == CostMode.ENFORCE));
		return WatchedFlux.of(answer, new TurnWatcher(this.pipeline, turn))
			.contextWrite((inner) -> inner.put(CostScope.PARAMETER, turn.innerScope()));
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
	private static final class TurnWatcher implements WatchedFlux.Watcher<ChatClientResponse> {

		private final TurnPipeline pipeline;

		private final CostTurn turn;

		private TurnWatcher(TurnPipeline pipeline, CostTurn turn) {
			this.pipeline = pipeline;
			this.turn = turn;
		}

		@Override
		public void completed() {
			this.pipeline.close(this.turn, Outcome.ANSWERED);
		}

		@Override
		public void failed(Throwable error) {
			this.pipeline.close(this.turn, Outcome.FAILED);
		}

		@Override
		public void cancelled() {
			this.pipeline.close(this.turn, Outcome.CANCELLED);
		}

	}

}
