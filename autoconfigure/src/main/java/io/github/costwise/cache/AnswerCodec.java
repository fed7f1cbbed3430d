package io.github.costwise.cache;

import io.github.costwise.accounting.Tier;
import io.github.costwise.pricing.BilledUnit;
import io.github.costwise.pricing.Money;
import io.github.costwise.pricing.TokenUsage;

/**
 * Writes and reads answers. Units and tiers are written by name, so that their order may
 * change.
 */
final class AnswerCodec {

	private AnswerCodec() {
	}

	static void write(CachedAnswer answer, BodyWriter out) {
		out.text(answer.model()).text(answer.tier().name()).signed(answer.cost().nanos());
		write(answer.usage(), out);
		RecordedCodec.write(answer.given(), answer.model(), out);
	}

	private static void write(TokenUsage usage, BodyWriter out) {
		for (BilledUnit unit : BilledUnit.values()) {
			if (usage.get(unit) != 0) {
				out.text(unit.name()).number(usage.get(unit));
			}
		}
		out.text("");
	}

	static CachedAnswer read(BodyReader in) {
		String model = in.text();
		Tier tier = Tier.valueOf(in.text());
		Money cost = Money.ofNanos(in.signed());
		TokenUsage usage = readUsage(in);
		return new CachedAnswer(RecordedCodec.read(model, in), model, tier, usage, cost);
	}

	private static TokenUsage readUsage(BodyReader in) {
		TokenUsage.Builder usage = TokenUsage.builder();
		for (String unit = in.text(); !unit.isEmpty(); unit = in.text()) {
			usage.add(BilledUnit.valueOf(unit), in.number());
		}
		return usage.build();
	}

}
