package io.github.costwise.pipeline;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.answer.Answer;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;

/** A request without a ChatClient. */
final class FlowSite implements CallSite {

	private static final String QUESTION = "How far is the moon?";

	private final boolean streamed;

	private Prompt prompt = new Prompt(QUESTION);

	/** What the application asks for. */
	RoutingInput.RequestedModel wish = RoutingInput.RequestedModel.NONE;

	/** Receives who will be asked, and may throw. */
	Consumer<@Nullable RouteTarget> planning = (target) -> {
	};

	/** What an answer is to the gate. */
	Function<Answer, GatedAnswer> judging = (answer) -> GatedAnswer.of(answer.text());

	FlowSite(boolean streamed) {
		this.streamed = streamed;
	}

	@Override
	public boolean streamed() {
		return this.streamed;
	}

	@Override
	public Prompt prompt() {
		return this.prompt;
	}

	@Override
	public FlowSite shaped(Prompt shaped) {
		FlowSite other = new FlowSite(this.streamed);
		other.prompt = shaped;
		other.wish = this.wish;
		other.planning = this.planning;
		other.judging = this.judging;
		return other;
	}

	@Override
	public RoutingInput ask() {
		return new RoutingInput(plan(null).size(), new RoutingInput.Form(this.streamed, false), null, this.wish);
	}

	@Override
	public CallPlan plan(@Nullable Purpose purpose) {
		return plan(null, this.prompt.getContents(), this.streamed, purpose);
	}

	@Override
	public CallPlan plan(@Nullable RouteTarget target, @Nullable Purpose purpose) {
		this.planning.accept(target);
		return plan(target, this.prompt.getContents(), this.streamed, purpose);
	}

	@Override
	public GatedAnswer candidate(Answer answer) {
		return this.judging.apply(answer);
	}

	static CallPlan plan(@Nullable RouteTarget target, boolean streamed, @Nullable Purpose purpose) {
		return plan(target, QUESTION, streamed, purpose);
	}

	private static CallPlan plan(@Nullable RouteTarget target, String question, boolean streamed,
			@Nullable Purpose purpose) {
		String model = (target != null) ? target.model() : "own";
		Prompt prompt = new Prompt(question, ChatOptions.builder().model(model).build());
		return new CallPlan(target, new PromptSize(prompt), Map.of(), null, streamed, "", purpose);
	}

}
