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

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.pipeline.CallFlow;
import io.github.costwise.pipeline.CallFlows;
import io.github.costwise.pipeline.CallPipeline;
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

	private final CallFlows flows;

	private final CallRequests requests;

	private final CallAddresses addresses;

	private final @Nullable RoutedTargets targets;

	/**
	 * Creates the advisor.
	 * @param pipeline what happens at each call
	 * @param requests applies limits and marks to the options of a call
	 * @param addresses tells where calls go to
	 * @param targets other models that may be asked, or {@code null} without tiers
	 */
	public CostCallAdvisor(CallPipeline pipeline, CallRequests requests, CallAddresses addresses,
			@Nullable RoutedTargets targets) {
		this.flows = new CallFlows(pipeline, (targets != null) ? targets.routing() : null);
		this.requests = requests;
		this.addresses = addresses;
		this.targets = targets;
	}

	/**
	 * Returns whether this thread serves an event loop, so that it must not wait.
	 * @return whether it does
	 */
	public static boolean isOnEventLoop() {
		return EventLoops.isOne();
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextCall(request);
		}
		RequestSite site = site(turn, request, chain.getCallAdvisors(), false);
		ValidationRepeats watch = ValidationRepeats.of(turn);
		ValidationRepeats.Round round = (watch != null) ? watch.begin(request) : null;
		CallFlow flow = (round != null && round.repeats()) ? this.flows.begin(turn, site, Purpose.RETRY)
				: this.flows.begin(turn, site);
		ChatClientResponse response = new BlockingCall(flow, site, chain, this, this.requests).answer();
		if (round != null) {
			round.answered(response);
		}
		return flow.isRouted() ? routed(site, response, chain) : response;
	}

	private ChatClientResponse routed(RequestSite site, ChatClientResponse response, CallAdvisorChain chain) {
		ShadowCalls trials = site.others().trials();
		if (trials != null) {
			trials.after(site, response,
					(other, decision) -> new BlockingCall(
							this.flows.begin(other.turn(), other, decision, Purpose.JUDGE), other, chain, this,
							this.requests)
						.answer());
		}
		return response;
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		CostTurn turn = turn(request);
		if (turn == null) {
			return chain.nextStream(request);
		}
		RequestSite site = site(turn, request, chain.getStreamAdvisors(), true);
		return StreamedCall.answer(
				new StreamedCall.StreamSource(() -> this.flows.begin(turn, site), site, chain, this, this.requests));
	}

	private RequestSite site(CostTurn turn, ChatClientRequest request, List<? extends Advisor> advisors,
			boolean streamed) {
		return new RequestSite(turn, request, new PromptSize(request.prompt()), advisors, streamed, this.addresses,
				this.targets);
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

}
