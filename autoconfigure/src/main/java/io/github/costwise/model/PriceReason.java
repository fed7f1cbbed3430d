package io.github.costwise.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.Parts;

/**
 * Why an amount is not {@linkplain PriceState#EXACT exact}: what was missing when a call
 * was priced. A price has all that apply.
 *
 * @since 0.1.0
 */
public enum PriceReason {

	/** Nothing was reported: tokens were counted from the texts. */
	USAGE_COUNTED,

	/**
	 * A part was counted or taken from the request, as for a stream that was cancelled.
	 */
	USAGE_PARTIAL,

	/** Reported counts contradict each other, or cannot be. */
	COUNTS_CONTRADICT,

	/** The reported total fits no reading of the other counts; the larger one counts. */
	TOTAL_MISMATCH,

	/**
	 * How tokens of the provider's cache count, or how long they are kept, is not told.
	 */
	CACHE_UNTOLD,

	/** Whether reasoning is a part of the output is not told. */
	REASONING_UNTOLD,

	/** The client does not hand on what would change the price, such as cached tokens. */
	DETAILS_DROPPED,

	/** Rounds that are billed one by one were known as one sum only. */
	ROUNDS_SUMMED,

	/** The processing class is that of the request, since the answer tells none. */
	CLASS_ASSUMED,

	/**
	 * The model has no rates for the processing class; those of standard processing
	 * count.
	 */
	CLASS_UNPRICED,

	/** A region was asked for; it costs a tenth more with most models, not with all. */
	REGION_ASSUMED,

	/** A surcharge, such as that of a fast mode or of reserved capacity, has no rate. */
	SURCHARGE_UNPRICED,

	/**
	 * Fees beside the tokens, such as those of searches, have no rate or were assumed.
	 */
	FEE_ASSUMED,

	/** The provider is not known; the name of the model told the price. */
	HOST_UNKNOWN,

	/**
	 * The model has no price; the amount is zero, or that of the most expensive model.
	 */
	MODEL_UNKNOWN,

	/** The price is that of a model with a similar name. */
	MODEL_GUESSED,

	/** The rates of the model do not tell the whole price, as its row says. */
	RATES_INCOMPLETE,

	/**
	 * The amount that the provider reported is far from that of the catalogue, or may not
	 * be whole.
	 */
	AMOUNT_DOUBTED,

	/**
	 * The amount that the provider reported leaves something out, is not in US dollars or
	 * cannot be; that of the catalogue counts.
	 */
	AMOUNT_INCOMPLETE,

	/** The amount could not be computed. */
	FAILED,

	/** A reason that a newer release has stored. */
	OTHER;

	private static final Map<String, PriceReason> BY_ID = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(PriceReason::id, Function.identity()));

	/**
	 * Returns the name by which the reason is stored, exported and counted.
	 * @return the name in lower case with hyphens, such as {@code host-unknown}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Writes reasons as one text.
	 * @param reasons the reasons
	 * @return their ids in the order of this enum, separated by commas; empty for none
	 */
	public static String write(Collection<PriceReason> reasons) {
		return reasons.stream().sorted().map(PriceReason::id).collect(Collectors.joining(","));
	}

	/**
	 * Reads what {@link #write} wrote, here or in another release.
	 * @param text the text; {@code null} and the empty text mean none
	 * @return the reasons, in which an unknown one is {@link #OTHER}
	 */
	public static Set<PriceReason> read(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return Set.of();
		}
		return Arrays.stream(Parts.of(text, ","))
			.map((id) -> BY_ID.getOrDefault(id, OTHER))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns both sets as one.
	 * @param one a set
	 * @param other another one
	 * @return the first itself when the other adds nothing
	 */
	public static Set<PriceReason> both(Set<PriceReason> one, Set<PriceReason> other) {
		if (one.containsAll(other)) {
			return one;
		}
		Set<PriceReason> both = EnumSet.copyOf(other);
		both.addAll(one);
		return Set.copyOf(both);
	}

}
