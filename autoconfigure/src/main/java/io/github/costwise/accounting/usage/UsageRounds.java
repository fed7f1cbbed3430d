package io.github.costwise.accounting.usage;

import java.util.List;

import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

/**
 * The rounds of one answer that are priced one by one. Immutable.
 *
 * @param own those of the model that answered, which make up the usage of the call; empty
 * when the usage is that of one round, or known as a sum only
 * @param others those of other models, which are no part of the usage of the call
 * @since 0.1.0
 */
public record UsageRounds(List<NormalizedUsage> own, List<OtherModel> others) {

	/** An answer of one round. */
	public static final UsageRounds NONE = new UsageRounds(List.of(), List.of());

	/**
	 * A round of another model.
	 *
	 * @param model the model
	 * @param used what it used
	 */
	public record OtherModel(String model, NormalizedUsage used) {

	}

}
