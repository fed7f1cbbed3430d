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
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.core.Ordered;

import io.github.costwise.accounting.CallRecord.Purpose;
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

	private final CallAddresses addresses;

	private final @Nullable GatedCalls routed;

	/**
	 * Creates the advisor.
	 * @param pipeline what happens at each call
	 * @param requests applies limits and marks to the options of a call
	 * @param addresses tells where calls go to
	 * @param routed sends calls to other models, or {@code null} without tiers
	 */
	public CostCallAdvisor(CallPipeline pipeline, CallRequests requests, CallAddresses addresses,
			@Nullable GatedCalls routed) {
		this.pipeline = pipeline;
		this.requests = requests;
		this.addresses = addresses;
		this.routed = routed;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextCall(request);
		}
		Sender sender = new Sender(turn, chain.getCallAdvisors());
		if (this.routed != null && this.routed.concerns(turn)) {
			return this.routed.call(sender, request, chain);
		}
		return sender.call(request, chain, null, sender.start(request, null, false, null));
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextStream(request);
		}
		Sender sender = new Sender(turn, chain.getStreamAdvisors());
		if (this.routed != null && this.routed.concerns(turn)) {
			return this.routed.stream(sender, request, chain);
		}
		return sender.stream(request, chain, null, sender.start(request, null, true, null));
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

	/** Sends the calls of a turn and meters them. */
	private final class Sender implements RoutedCalls.Sender {

		private final CostTurn turn;

		private final List<? extends Advisor> advisors;

		private Sender(CostTurn turn, List<? extends Advisor> advisors) {
			this.turn = turn;
			this.advisors = advisors;
		}

		@Override
		public CostTurn turn() {
			return this.turn;
		}

		@Override
		public Sender of(CostTurn other) {
			return new Sender(other, this.advisors);
		}

		@Override
		public CallMeter start(ChatClientRequest request, @Nullable ChatModel model, boolean streamed,
				@Nullable Purpose purpose) {
			CallAddresses addresses = CostCallAdvisor.this.addresses;
			String address = (model != null) ? addresses.of(model, streamed) : addresses.of(this.advisors);
			CallMeter meter = CostCallAdvisor.this.pipeline.start(this.turn,
					new CallPipeline.Asked(request.prompt(), streamed, address), purpose);
			if (!streamed) {
				meter.alsoSends(OutputFormat.below(request));
			}
			return meter;
		}

		@Override
		public ChatClientResponse call(ChatClientRequest request, CallAdvisorChain chain, @Nullable ChatModel model,
				CallMeter meter) {
			ChatClientRequest sent = CostCallAdvisor.this.requests.forCall(request, this.turn, meter);
			try (CostScope.Opened sending = meter.sending()) {
				ChatClientResponse response = TargetChains.call(CostCallAdvisor.this, chain, sent, model);
				meter.answered(response.chatResponse());
				return response;
			}
			catch (Throwable ex) {
				meter.failed(ex);
				throw ex;
			}
		}

		@Override
		public Flux<ChatClientResponse> stream(ChatClientRequest request, StreamAdvisorChain chain,
				@Nullable ChatModel model, CallMeter meter) {
			CallRequests requests = CostCallAdvisor.this.requests;
			Flux<ChatClientResponse> answer = TargetChains.stream(CostCallAdvisor.this, chain,
					requests.forStream(request, this.turn, meter), model);
			return WatchedFlux.of(answer, new MeterWatcher(meter, requests));
		}

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
			this.requests.ended(this.meter);
		}

		@Override
		public void failed(Throwable error) {
			this.meter.failed(error);
			this.requests.forget(this.meter);
		}

		@Override
		public void cancelled() {
			this.requests.forget(this.meter);
			this.meter.cancelled();
		}

	}

}
