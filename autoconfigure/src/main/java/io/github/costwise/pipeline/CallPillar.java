package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.Ordered;

import io.github.costwise.faults.Faults;

/**
 * A part of Costwise that takes part in calls. Must be thread-safe. What it throws is
 * counted as a fault, and the call goes on without it.
 *
 * @since 0.1.0
 */
public interface CallPillar extends Ordered {

	/**
	 * Returns when its steps are taken.
	 * @return the order; lower is earlier
	 */
	@Override
	int getOrder();

	/**
	 * Returns what its faults count as.
	 * @return the kind of its faults
	 */
	Faults.Kind faultKind();

	/**
	 * Shapes what is asked, whoever will be asked: once a call, before it is routed; may
	 * block.
	 * @param turn the turn
	 * @param prompt what is asked
	 * @return what is asked instead, or the same
	 */
	default Prompt shape(CostTurn turn, Prompt prompt) {
		return prompt;
	}

	/**
	 * Fits what is sent to the target that is asked: once an attempt; may block.
	 * @param turn the turn
	 * @param plan what is sent
	 * @return what is sent instead, or the same
	 */
	default CallPlan plan(CostTurn turn, CallPlan plan) {
		return plan;
	}

	/**
	 * Returns what watches a streamed answer.
	 * @param turn the turn
	 * @param plan what is sent
	 * @return what may end the answer early, or {@code null} for nothing
	 */
	default @Nullable EarlyEnd watch(CostTurn turn, CallPlan plan) {
		return null;
	}

}
