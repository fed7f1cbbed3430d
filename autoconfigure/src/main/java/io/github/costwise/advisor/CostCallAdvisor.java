package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

import io.github.costwise.pipeline.CallMeter;
import io.github.costwise.pipeline.CallPipeline;
import io.github.costwise.pipeline.CostScope;
import io.github.costwise.pipeline.CostTurn;

/**
 * Meters each call: inside the tool loop and the validation loop, so that it sees every
 * one that is billed, with its own usage. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostCallAdvisor implements CallAdvisor, StreamAdvisor {

	/** Inside the validation loop (−2000), outside the model call. */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 1000;

	private final CallPipeline pipeline;

	private final CallRequests requests;

	/**
	 * Creates the advisor.
	 * @param pipeline what happens at each call
	 * @param requests applies limits and marks to the options of a call
	 */
	public CostCallAdvisor(CallPipeline pipeline, CallRequests requests) {
		this.pipeline = pipeline;
		this.requests = requests;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextCall(request);
		}
		CallMeter meter = this.pipeline.start(turn, request.prompt(), false);
		meter.alsoSends(OutputFormat.below(request));
		try (CostScope.Opened sending = meter.sending()) {
			ChatClientResponse response = Terminals.call(this, chain, this.requests.forCall(request, turn, meter));
			meter.answered(response.chatResponse());
			return response;
		}
		catch (Throwable ex) {
			meter.failed(ex);
			throw ex;
		}
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextStream(request);
		}
		CallMeter meter = this.pipeline.start(turn, request.prompt(), true);
		Flux<ChatClientResponse> answer = Terminals.stream(this, chain, this.requests.forStream(request, turn, meter));
		return WatchedFlux.of(answer, new MeterWatcher(meter, this.requests));
	}

	private static @Nullable CostTurn turn(ChatClientRequest request) {
		return (request.context().get(CostTurn.CONTEXT_KEY) instanceof CostTurn turn) ? turn : null;
	}

	@Override
	public String getName() {
		return "Costwise Call";
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	private static final class MeterWatcher implements WatchedFlux.Watcher<ChatClientResponse> {

		private final CallMeter meter;

		private final CallRequests requests;

		private MeterWatcher(CallMeter meter, CallRequests requests) {
			this.meter = meter;
			this.requests = requests;
		}

		@Override
		public void subscribing(Runnable subscription) {
			try (CostScope.Opened sending = this.meter.sending()) {
				subscription.run();
			}
		}

		@Override
		public void next(ChatClientResponse response) {
			if (response.chatResponse() != null) {
				this.meter.chunk(response.chatResponse());
			}
		}

		@Override
		public void completed() {
			this.meter.completed();
			this.requests.forget(this.meter);
		}

		@Override
		public void failed(Throwable error) {
			this.meter.failed(error);
			this.requests.forget(this.meter);
		}

		@Override
		public void cancelled() {
			this.meter.cancelled();
			this.requests.forget(this.meter);
		}

	}

}
