package io.github.costwise.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.RouteMetadata;
import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.answer.Answer;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.pipeline.CallPlan;
import io.github.costwise.pipeline.CallSite;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.RoutingInput;
import io.github.costwise.pipeline.TurnRoute;

/**
 * The request of a ChatClient that a call is made for. What of it can be asked of other
 * models is only asked for where there are any.
 *
 * @param turn the turn that makes the call
 * @param request the request as it came
 * @param size how large it is
 * @param advisors the advisors of its chain
 * @param streamed whether the answer is streamed
 * @param addresses tells where calls go to
 * @param targets the other models, if there are any
 */
record RequestSite(CostTurn turn, ChatClientRequest request, PromptSize size, List<? extends Advisor> advisors,
		boolean streamed, CallAddresses addresses, @Nullable RoutedTargets targets) implements CallSite {

	/** The same request, made for another turn. */
	RequestSite of(CostTurn other) {
		return new RequestSite(other, this.request, this.size, this.advisors, this.streamed, this.addresses,
				this.targets);
	}

	@Override
	public Prompt prompt() {
		return this.request.prompt();
	}

	@Override
	public RequestSite shaped(Prompt prompt) {
		return new RequestSite(this.turn, this.request.mutate().prompt(prompt).build(), new PromptSize(prompt),
				this.advisors, this.streamed, this.addresses, this.targets);
	}

	@Override
	public RoutingInput ask() {
		RoutedTargets routed = others();
		return routed.asks()
			.of(this.request, this.size, this.advisors, this.streamed, routed.routing().router().table());
	}

	@Override
	public CallPlan plan(@Nullable Purpose purpose) {
		return plan(null, this.request, this.addresses.of(this.advisors), purpose);
	}

	@Override
	public CallPlan plan(@Nullable RouteTarget target, @Nullable Purpose purpose) {
		RoutedTargets routed = others();
		if (target == null) {
			return plan(null, routed.requests().forOwn(this.request), this.addresses.of(this.advisors), purpose);
		}
		ChatModel model = routed.models().get(target.bean());
		ChatClientRequest asked = explained(routed.requests().forTarget(this.request, model, target.model()));
		return plan(target, asked, this.addresses.of(model, this.streamed), purpose);
	}

	private CallPlan plan(@Nullable RouteTarget target, ChatClientRequest asked, @Nullable String address,
			@Nullable Purpose purpose) {
		PromptSize sent = (asked.prompt() == this.request.prompt()) ? this.size : new PromptSize(asked.prompt());
		return new CallPlan(target, sent, asked.context(), address, this.streamed,
				this.streamed ? "" : OutputFormat.below(asked), purpose);
	}

	private ChatClientRequest explained(ChatClientRequest asked) {
		TurnRoute route = TurnRoute.of(this.turn);
		if (route == null) {
			return asked;
		}
		Map<String, Object> context = new HashMap<>(asked.context());
		context.put(RouteMetadata.ROUTE, route);
		return new ChatClientRequest(asked.prompt(), context);
	}

	@Override
	public GatedAnswer candidate(Answer answer) {
		return others().states().candidate(this.request, answer);
	}

	/** The request that a plan stands for. */
	ChatClientRequest request(CallPlan plan) {
		boolean same = plan.prompt() == this.request.prompt() && plan.context() == this.request.context();
		return same ? this.request : new ChatClientRequest(plan.prompt(), new HashMap<>(plan.context()));
	}

	/** The model that a plan asks, or {@code null} for the client's own. */
	@Nullable ChatModel model(CallPlan plan) {
		RouteTarget target = plan.target();
		return (target != null) ? others().models().get(target.bean()) : null;
	}

	RoutedTargets others() {
		return Objects.requireNonNull(this.targets);
	}

}
