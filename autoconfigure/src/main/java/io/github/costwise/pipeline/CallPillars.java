package io.github.costwise.pipeline;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.faults.Faults;

/**
 * The pillars that take part in calls, in their order. One that fails changes nothing.
 */
final class CallPillars {

	private final List<CallPillar> pillars;

	private final Faults faults;

	CallPillars(List<? extends CallPillar> pillars, Faults faults) {
		this.pillars = List.copyOf(pillars);
		this.faults = faults;
	}

	boolean isEmpty() {
		return this.pillars.isEmpty();
	}

	Prompt shape(CostTurn turn, Prompt prompt) {
		return fold(prompt, (pillar, now) -> pillar.shape(turn, now));
	}

	CallPlan plan(CostTurn turn, CallPlan plan) {
		return fold(plan, (pillar, now) -> pillar.plan(turn, now));
	}

	private <T> T fold(T begin, BiFunction<CallPillar, T, T> step) {
		T now = begin;
		for (CallPillar pillar : this.pillars) {
			T before = now;
			T after = guarded(pillar, () -> step.apply(pillar, before));
			now = (after != null) ? after : before;
		}
		return now;
	}

	/** The first reason to end decides; one that fails gives none. */
	@Nullable EarlyEnd watch(CostTurn turn, CallPlan plan) {
		EarlyEnd all = null;
		if (plan.streamed()) {
			for (CallPillar pillar : this.pillars) {
				all = watch(pillar, all, () -> pillar.watch(turn, plan));
			}
		}
		return all;
	}

	private @Nullable EarlyEnd watch(CallPillar pillar, @Nullable EarlyEnd before,
			Supplier<@Nullable EarlyEnd> watching) {
		EarlyEnd end = guarded(pillar, watching);
		if (end == null) {
			return before;
		}
		return (chunk) -> {
			String reason = (before != null) ? before.after(chunk) : null;
			return (reason != null) ? reason : guarded(pillar, () -> end.after(chunk));
		};
	}

	private <T> @Nullable T guarded(CallPillar pillar, Supplier<@Nullable T> step) {
		try {
			return step.get();
		}
		catch (Throwable ex) {
			this.faults.report(pillar.faultKind(), ex);
			return null;
		}
	}

}
