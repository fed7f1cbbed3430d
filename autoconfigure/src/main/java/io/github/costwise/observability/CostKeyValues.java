package io.github.costwise.observability;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.observation.ChatModelObservationContext;

import io.github.costwise.Money;
import io.github.costwise.accounting.RunningTurn;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.PriceState;
import io.github.costwise.observability.ChatClientObservations.Extent;

/**
 * Adds cost to Spring AI's own spans: the client's gets what the turn cost, the call
 * advisor's what one call cost. The model's has stopped before its call can be priced, so
 * it gets the turn and the feature only. All keys are of high cardinality, since a key of
 * low cardinality would become a tag of Spring AI's meters.
 * <p>
 * The turn is known to requests inside the turn advisor only, so each observation that
 * starts there hands it to those around it. Thread-safe; never throws.
 *
 * @since 0.1.0
 */
public final class CostKeyValues implements ObservationHandler<Observation.Context>, ObservationFilter {

	/** Key of the unique id of the turn. */
	public static final String TURN_ID = "costwise.turn.id";

	/** Key of the feature, absent when there is none. */
	public static final String FEATURE = "costwise.feature";

	/** Key of the cost in dollars, as decimal text with nine places. */
	public static final String COST = "costwise.cost.usd";

	/** Key of how far the cost can be trusted, in lower case; absent when not known. */
	public static final String PRICE_STATE = "costwise.price.state";

	private final ChatClientObservations observations;

	private final Faults faults;

	/**
	 * Creates the key values.
	 * @param observations knows the observations of clients and advisors
	 * @param faults counts what goes wrong
	 */
	public CostKeyValues(ChatClientObservations observations, Faults faults) {
		this.observations = observations;
		this.faults = faults;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ChatModelObservationContext || this.observations.extent(context) != null;
	}

	@Override
	public void onStart(Observation.Context context) {
		this.faults.guard(Faults.Kind.LISTENER, () -> start(context));
	}

	@Override
	public Observation.Context map(Observation.Context context) {
		TurnStart start = context.get(TurnStart.class);
		if (start != null) {
			this.faults.guard(Faults.Kind.LISTENER, () -> add(context, start));
		}
		return context;
	}

	private void start(Observation.Context context) {
		Observation.Context parent = parent(context);
		if (context instanceof ChatModelObservationContext) {
			TurnStart around = (parent != null) ? parent.get(TurnStart.class) : null;
			if (around != null) {
				context.put(TurnStart.class, around);
			}
			return;
		}
		RunningTurn turn = this.observations.turn(context);
		if (turn != null) {
			context.put(TurnStart.class, new TurnStart(turn, turn.cost()));
			handOut(turn, context);
		}
	}

	private void handOut(RunningTurn turn, Observation.Context from) {
		Observation.Context around = from;
		while (around != null && this.observations.extent(around) != Extent.TURN) {
			around = parent(around);
			if (around == null || this.observations.extent(around) == null || around.get(TurnStart.class) != null) {
				return;
			}
			around.put(TurnStart.class, new TurnStart(turn, turn.cost()));
		}
	}

	private void add(Observation.Context context, TurnStart start) {
		Extent extent = this.observations.extent(context);
		if (extent == Extent.BETWEEN) {
			return;
		}
		RunningTurn turn = start.turn();
		context.addHighCardinalityKeyValue(KeyValue.of(TURN_ID, turn.id()));
		String feature = turn.attribution().feature();
		if (feature != null) {
			context.addHighCardinalityKeyValue(KeyValue.of(FEATURE, feature));
		}
		if (extent != null) {
			Money cost = (extent == Extent.TURN) ? turn.cost() : turn.cost().minus(start.costBefore());
			context.addHighCardinalityKeyValue(KeyValue.of(COST, cost.toUsd().toPlainString()));
			addState(context, turn.priceState());
		}
	}

	private static void addState(Observation.Context context, @Nullable PriceState state) {
		if (state != null) {
			context.addHighCardinalityKeyValue(KeyValue.of(PRICE_STATE, state.name().toLowerCase(Locale.ROOT)));
		}
	}

	private static Observation.@Nullable Context parent(Observation.Context context) {
		ObservationView parent = context.getParentObservation();
		return (parent != null && parent.getContextView() instanceof Observation.Context around) ? around : null;
	}

	private record TurnStart(RunningTurn turn, Money costBefore) {

	}

}
