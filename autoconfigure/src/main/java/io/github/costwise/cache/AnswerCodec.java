package io.github.costwise.cache;

import java.util.Arrays;
import java.util.List;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.TokenUsage;

/**
 * Writes and reads answers. Units and tiers are written by name, so that their order may
 * change.
 */
final class AnswerCodec {

	private AnswerCodec() {
	}

	static void write(CachedAnswer answer, BodyWriter out) {
		FieldNames.write(answer.tier().name(), out.text(answer.model()));
		out.signed(answer.cost().nanos());
		write(answer.usage(), out);
		RecordedCodec.write(answer.given(), answer.model(), out);
	}

	private static void write(TokenUsage usage, BodyWriter out) {
		List<BilledUnit> units = Arrays.stream(BilledUnit.values()).filter((unit) -> usage.get(unit) != 0).toList();
		out.number(units.size());
		for (BilledUnit unit : units) {
			FieldNames.write(unit.name(), out);
			out.number(usage.get(unit));
		}
	}

	static CachedAnswer read(BodyReader in) {
		String model = in.text();
		Tier tier = Tier.valueOf(FieldNames.read(in));
		Money cost = Money.ofNanos(in.signed());
		TokenUsage usage = readUsage(in);
		return new CachedAnswer(RecordedCodec.read(model, in), model, tier, usage, cost);
	}

	private static TokenUsage readUsage(BodyReader in) {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (int i = in.count(); i > 0; i--) {
			usage.add(BilledUnit.valueOf(FieldNames.read(in)), in.number());
		}
		return usage.build();
	}

}
