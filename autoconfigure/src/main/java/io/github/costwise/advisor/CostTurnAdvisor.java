package io.github.costwise.advisor;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

import io.github.costwise.CostScope;
import io.github.costwise.background.Background;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.TurnFlow;
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

	private final ScopeCapture scopes;

	private final TurnAsks asks;

	private final TurnSide side;

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
		this.scopes = scopes;
		this.asks = new TurnAsks(this, models);
		this.side = new TurnSide(pipeline, new Refreshes(background), mode == CostMode.ENFORCE);
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostScope scope = this.scopes.find(request, this.scopes.captured(request), CostScope.current());
		TurnFlow flow = begin(request, scope, AnswerMode.CALL, chain.getCallAdvisors());
		return new BlockingTurn(flow, request, chain, this, this.side).answer();
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		ScopeCapture.Captured captured = this.scopes.captured(request);
		@Nullable CostScope onThread = CostScope.current();
		return Flux.deferContextual((context) -> {
			CostScope scope = this.scopes.find(request, captured, context.getOrDefault(CostScope.PARAMETER, onThread));
			TurnFlow flow = begin(request, scope, AnswerMode.STREAM, chain.getStreamAdvisors());
			return new StreamedTurn(flow, request, chain, this, this.side).answer();
		});
	}

	private TurnFlow begin(ChatClientRequest request, @Nullable CostScope scope, AnswerMode mode,
			List<? extends Advisor> advisors) {
		CostTurn turn = this.side.pipeline().open(scope);
		return this.side.pipeline().begin(turn, () -> this.asks.of(turn, request, mode, advisors));
	}

	/** Ends the calls in the background. */
	@Override
	public void close() {
		this.side.refreshes().close();
	}

	@Override
	public String getName() {
		return "Costwise Turn";
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
