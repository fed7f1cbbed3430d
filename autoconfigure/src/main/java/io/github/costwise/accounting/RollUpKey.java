package io.github.costwise.accounting;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.TurnRecord;

/**
 * What a roll-up is kept for within its hour or day.
 *
 * @param feature the feature, or {@code null}
 * @param provider billing provider, or {@code null} for turns
 * @param model the model that answered, or {@code null} for turns
 * @param tenant the tenant, or {@code null}
 * @param folded what it does not tell apart
 */
record RollUpKey(@Nullable String feature, @Nullable String provider, @Nullable String model, @Nullable String tenant,
		Folded folded) {

	static final String OTHER = "other";

	/** Takes the calls that find no room under a key of their own. */
	static final RollUpKey OTHER_CALLS = new RollUpKey(OTHER, OTHER, OTHER, OTHER, Folded.ALL);

	/** Takes the turns that find no room under a key of their own. */
	static final RollUpKey OTHER_TURNS = new RollUpKey(OTHER, null, null, OTHER, Folded.ALL);

	static RollUpKey of(CallRecord call) {
		Attribution attribution = call.attribution();
		CallTarget target = call.target();
		return new RollUpKey(attribution.feature(), target.provider(), target.answeredModel(), attribution.tenant(),
				Folded.NOTHING);
	}

	static RollUpKey of(TurnRecord turn) {
		return new RollUpKey(turn.attribution().feature(), null, null, turn.attribution().tenant(), Folded.NOTHING);
	}

	/** Whether roll-ups are kept by a dimension, as long as they have room for it. */
	static boolean has(CostDimension dimension) {
		return switch (dimension.kind()) {
			case FEATURE, TENANT, PROVIDER, MODEL, HOUR, DAY -> true;
			case USER, TAG, POLICY, PURPOSE -> false;
		};
	}

	RollUpKey anyTenant() {
		return new RollUpKey(this.feature, this.provider, this.model, OTHER,
				(this.folded == Folded.ALL) ? Folded.ALL : Folded.TENANT);
	}

	RollUpKey anything() {
		return isTurn() ? OTHER_TURNS : OTHER_CALLS;
	}

	boolean isTurn() {
		return this.model == null;
	}

	String modelName() {
		return OTHER_CALLS.equals(this) ? OTHER : this.provider + "/" + this.model;
	}

	/** Whether it tells the value of a dimension other than time. */
	boolean tells(CostDimension dimension) {
		return switch (dimension.kind()) {
			case TENANT -> this.folded == Folded.NOTHING;
			case FEATURE, PROVIDER, MODEL -> this.folded != Folded.ALL;
			default -> false;
		};
	}

	@Nullable String value(CostDimension dimension) {
		return switch (dimension.kind()) {
			case FEATURE -> this.feature;
			case TENANT -> this.tenant;
			case PROVIDER -> this.provider;
			case MODEL -> this.model;
			default -> throw new IllegalArgumentException("Roll-ups do not tell " + dimension);
		};
	}

	/** What is summed up together. */
	enum Folded {

		/** Nothing. */
		NOTHING,

		/** Tenants. */
		TENANT,

		/** Everything. */
		ALL

	}

}
