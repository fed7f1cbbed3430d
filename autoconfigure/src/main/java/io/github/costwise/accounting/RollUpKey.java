package io.github.costwise.accounting;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.TurnRecord;

/**
 * What a roll-up is kept for within its hour or day.
 *
 * @param feature the feature, or {@code null}
 * @param provider who sends the bill, or {@code null} for turns
 * @param model the model that answered, or {@code null} for turns
 * @param tenant the tenant, or {@code null}
 */
record RollUpKey(@Nullable String feature, @Nullable String provider, @Nullable String model, @Nullable String tenant) {

	static final String OTHER = "other";

	/** Takes the calls that find no room under a key of their own. */
	static final RollUpKey OTHER_CALLS = new RollUpKey(OTHER, OTHER, OTHER, OTHER);

	/** Takes the turns that find no room under a key of their own. */
	static final RollUpKey OTHER_TURNS = new RollUpKey(OTHER, null, null, OTHER);

	static RollUpKey of(CallRecord call) {
		Attribution attribution = call.attribution();
		return new RollUpKey(attribution.feature(), call.provider(), call.answeredModel(), attribution.tenant());
	}

	static RollUpKey of(TurnRecord turn) {
		return new RollUpKey(turn.attribution().feature(), null, null, turn.attribution().tenant());
	}

	RollUpKey anyTenant() {
		return new RollUpKey(this.feature, this.provider, this.model, OTHER);
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

}
