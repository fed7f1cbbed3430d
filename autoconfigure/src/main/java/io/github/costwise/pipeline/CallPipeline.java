package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.CostLimitExceededException;
import io.github.costwise.Money;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.time.Time;
import io.github.costwise.time.Timers;

/**
 * What happens at each call of a turn before it is sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallPipeline {

	private final Ids ids = new Ids();

	private final CostAccountant accountant;

	private final CallPillars pillars;

	private final Providers providers;

	private final CostMode mode;

	private final Time time;

	/**
	 * Creates the pipeline.
	 * @param accountant settles the calls
	 * @param pillars take part in calls, in this order
	 * @param providers finds the billing provider
	 * @param mode how much may be done
	 * @param time tells the time
	 */
	public CallPipeline(CostAccountant accountant, List<? extends CallPillar> pillars, Providers providers,
			CostMode mode, Time time) {
		this.accountant = accountant;
		this.pillars = new CallPillars(pillars, accountant.faults());
		this.providers = providers;
		this.mode = mode;
		this.time = time;
	}

	/** Whether a reservation may keep a thread waiting. */
	boolean asksSlowStores() {
		CallBudgets budgets = this.accountant.budgets();
		return budgets != null && budgets.isSlow();
	}

	Timers timers() {
		return this.time.timers();
	}

	CallPillars pillars() {
		return this.pillars;
	}

	/**
	 * Reserves an attempt, or lets the call wait for room.
	 * @param before the same call, where it waited, or {@code null}
	 * @throws CostLimitExceededException if the call must not be made
	 */
	Reserved reserve(CostTurn turn, CallPlan plan, boolean mayBeAbandoned, @Nullable QueuedCall before) {
		Prompt prompt = plan.prompt();
		CallMeter.CallFacts call = (before != null) ? before.call().at(this.time.now()) : facts(turn, plan);
		CallMeter meter = new CallMeter(this.accountant, turn, call, plan.size(), plan.appended());
		if (this.providers.isRegional(prompt.getOptions(), plan.address())) {
			meter.goesToRegion();
		}
		if (this.mode == CostMode.ENFORCE) {
			check(turn, call);
		}
		if (plan.streamed() || mayBeAbandoned) {
			this.accountant.expectEstimate();
		}
		CallBudgets budgets = this.accountant.budgets();
		if (budgets != null) {
			Money limit = (this.mode == CostMode.ENFORCE) ? turn.limits().maxCost() : null;
			Holding holding = budgets.admit(plan, meter, limit, before);
			if (holding instanceof QueuedCall waiting) {
				return waiting;
			}
			meter.holds((CallHold) holding);
		}
		return new Attempt(meter, this.accountant);
	}

	private CallMeter.CallFacts facts(CostTurn turn, CallPlan plan) {
		int round = turn.nextRound();
		Purpose found = purpose(turn, round, plan.prompt());
		Purpose purpose = (plan.purpose() != null) ? plan.purpose() : found;
		return new CallMeter.CallFacts(this.ids.next(), round, purpose, provider(plan), model(plan.prompt()),
				this.time.now(), plan.streamed());
	}

	private void check(CostTurn turn, CallMeter.CallFacts call) {
		Integer maxCalls = turn.limits().maxCalls();
		if (maxCalls != null && call.round() > maxCalls) {
			throw new CostLimitExceededException("This turn of '" + turn.attribution().feature() + "' has made its "
					+ maxCalls + " calls (limit maxCalls); the next one was not sent.");
		}
		Money maxCost = turn.limits().maxCost();
		if (maxCost != null && turn.totals().spent().compareTo(maxCost) >= 0) {
			throw new CostLimitExceededException("This turn of '" + turn.attribution().feature() + "' has cost "
					+ turn.cost() + " (limit maxCost " + maxCost + "); the next call was not sent.");
		}
		this.accountant.checkPriced(call);
	}

	private static Purpose purpose(CostTurn turn, int round, Prompt prompt) {
		if (round == 1) {
			return Purpose.ANSWER;
		}
		Message last = prompt.getInstructions().get(prompt.getInstructions().size() - 1);
		if (last instanceof ToolResponseMessage tools) {
			tools.getResponses().forEach((response) -> turn.toolRan(response.name()));
			return Purpose.TOOL_ROUND;
		}
		return Purpose.FURTHER;
	}

	private String provider(CallPlan plan) {
		ChatOptions options = plan.prompt().getOptions();
		return (options != null) ? this.providers.of(options, plan.address()) : Providers.UNKNOWN;
	}

	private static String model(Prompt prompt) {
		ChatOptions options = prompt.getOptions();
		String model = (options != null) ? options.getModel() : null;
		return (model != null) ? model : "unknown";
	}

}
