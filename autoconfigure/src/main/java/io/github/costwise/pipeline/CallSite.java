package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.answer.Answer;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;

/**
 * The request that a call is made for, as its flow sees it. Asked by one thread at a
 * time.
 *
 * @since 0.1.0
 */
public interface CallSite {

	/**
	 * Returns whether the answer is streamed.
	 * @return whether it is
	 */
	boolean streamed();

	/**
	 * Returns what is asked.
	 * @return the prompt as it came
	 */
	Prompt prompt();

	/**
	 * Returns this request with another prompt.
	 * @param prompt what is asked instead
	 * @return the request
	 */
	CallSite shaped(Prompt prompt);

	/**
	 * Returns what routing must know of the request.
	 * @return what a model is to be chosen for
	 */
	RoutingInput ask();

	/**
	 * Plans an attempt as it is.
	 * @param purpose why, or {@code null} to find that out from the prompt
	 * @return the request as it came
	 */
	CallPlan plan(@Nullable Purpose purpose);

	/**
	 * Plans an attempt where others may have answered earlier rounds.
	 * @param target who is asked, or {@code null} for the client's own model
	 * @param purpose why, or {@code null} to find that out from the prompt
	 * @return the request in the form that the target understands
	 */
	CallPlan plan(@Nullable RouteTarget target, @Nullable Purpose purpose);

	/**
	 * Returns an answer as the gate judges it.
	 * @param answer the answer
	 * @return the answer with how it ended
	 */
	GatedAnswer candidate(Answer answer);

}
