package io.github.costwise.cache;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.accounting.Tier;
import io.github.costwise.cache.CachedAnswer.Part;
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
		out.number(answer.parts().size());
		answer.parts().forEach((part) -> out.text(part.text()).optional(part.finishReason()));
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
		int count = in.count();
		List<Part> parts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			parts.add(new Part(in.text(), in.optional()));
		}
		return new CachedAnswer(parts, model, tier, usage, cost);
	}

	private static TokenUsage readUsage(BodyReader in) {
		TokenUsage.Builder usage = TokenUsage.builder();
		for (String unit = in.text(); !unit.isEmpty(); unit = in.text()) {
			usage.add(BilledUnit.valueOf(unit), in.number());
		}
		return usage.build();
	}

}
