package io.github.costwise.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
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
			try {
				now = Objects.requireNonNull(step.apply(pillar, now));
			}
			catch (RuntimeException | LinkageError ex) {
				this.faults.report(pillar.faultKind(), ex);
			}
		}
		return now;
	}

	/** The first reason to end decides; one that fails gives none. */
	@Nullable EarlyEnd watch(CostTurn turn, CallPlan plan) {
		if (!plan.streamed()) {
			return null;
		}
		return fold(new Watched(null), (pillar, now) -> {
			EarlyEnd end = pillar.watch(turn, plan);
			return (end != null) ? new Watched(guarded(pillar, end, now.end())) : now;
		}).end();
	}

	private EarlyEnd guarded(CallPillar pillar, EarlyEnd end, @Nullable EarlyEnd before) {
		return (chunk) -> {
			String reason = (before != null) ? before.after(chunk) : null;
			return (reason != null) ? reason : reason(pillar, end, chunk);
		};
	}

	private @Nullable String reason(CallPillar pillar, EarlyEnd end, ChatResponse chunk) {
		try {
			return end.after(chunk);
		}
		catch (RuntimeException | LinkageError ex) {
			this.faults.report(pillar.faultKind(), ex);
			return null;
		}
	}

	private record Watched(@Nullable EarlyEnd end) {

	}

}
