package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.usage.ReportedCosts.Amount;

/**
 * What an answer costs that a gateway got with a key of the application's own: the
 * gateway charges its fee alone, and the provider of the key bills the rest, which the
 * gateway tells beside the fee. Where it does not say whose the key was, a part that is
 * more than the whole shows it.
 */
final class OwnKeys {

	private static final String KEY = "byok";

	private OwnKeys() {
	}

	/**
	 * Returns the whole amount.
	 * @param charged what the gateway charges, not below zero
	 * @param details what the amount is made of
	 * @param bodies where the gateway may say whose the key was
	 */
	static Amount whole(BigDecimal charged, UsageFields details, UsageFields... bodies) {
		BigDecimal total = positive(details.decimal(Field.UPSTREAM_INFERENCE_COST));
		BigDecimal upstream = (total != null) ? total : parts(details);
		Boolean own = isOwn(bodies);
		boolean more = upstream != null && upstream.compareTo(charged) > 0;
		if (Boolean.FALSE.equals(own) || own == null && !more) {
			return new Amount(charged, true, false);
		}
		boolean sure = own != null && total != null;
		return (upstream != null) ? new Amount(charged.add(upstream), true, !sure) : Amount.NOT_WHOLE;
	}

	/** The parts may leave out fees. */
	private static @Nullable BigDecimal parts(UsageFields details) {
		BigDecimal prompt = details.decimal(Field.UPSTREAM_INFERENCE_PROMPT_COST);
		BigDecimal completion = details.decimal(Field.UPSTREAM_INFERENCE_COMPLETIONS_COST);
		return (prompt != null && completion != null) ? positive(prompt.add(completion)) : null;
	}

	private static @Nullable BigDecimal positive(@Nullable BigDecimal amount) {
		return (amount != null && amount.signum() > 0) ? amount : null;
	}

	/** Returns whether any body says so, or {@code null} where none says either. */
	private static @Nullable Boolean isOwn(UsageFields... bodies) {
		Boolean own = null;
		for (UsageFields body : bodies) {
			for (String flag : flags(body)) {
				own = Boolean.TRUE.equals(own) || isSet(flag);
			}
		}
		return own;
	}

	private static List<String> flags(UsageFields body) {
		List<String> flags = new ArrayList<>();
		String known = body.text(Field.IS_BYOK);
		if (known != null) {
			flags.add(known);
		}
		body.untyped().forEach((name, value) -> {
			if (NameWords.of(name).contains(KEY) && isFlag(value.toString())) {
				flags.add(value.toString());
			}
		});
		return flags;
	}

	private static boolean isFlag(String text) {
		return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
	}

	private static boolean isSet(String flag) {
		return !(flag.isBlank() || flag.equals("0") || flag.equalsIgnoreCase("false"));
	}

}
