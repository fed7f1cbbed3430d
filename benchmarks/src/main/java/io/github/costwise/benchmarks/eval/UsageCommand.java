package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.metadata.DefaultUsage;

import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

/**
 * Sends real usage bodies through the clients and the ledger, or through the normalisers
 * where the build has no client, and checks tokens and amounts.
 */
final class UsageCommand implements EvalCommand {

	@Override
	public String name() {
		return "usage";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("input", "FILE", true), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		List<UsageRow> rows = new JsonLines(options.file("input")).read(UsageRow::of);
		try (ServedUsage served = new ServedUsage()) {
			UsageReport report = new UsageReport(served.context());
			for (UsageRow row : rows) {
				check(row, served, report);
				if (row.line() % 50 == 0) {
					progress.say("line " + row.line());
				}
			}
			return report.toResult();
		}
	}

	private static void check(UsageRow row, ServedUsage served, UsageReport report) {
		if (!row.hasClient()) {
			report.add(row, normalize(row, served.context().bean(UsageNormalizers.class)));
			return;
		}
		CallRecord called = served.serve(row, false);
		report.add(row, called);
		report.addStreamed(row, served.serve(row, true));
	}

	private static UsageReport.Checked normalize(UsageRow row, UsageNormalizers normalizers) {
		Object body = JsonMapper.shared().convertValue(row.usage(), Map.class);
		NormalizedUsage normalized = normalizers.normalize(new DefaultUsage(0, 0, 0, body),
				new UsageContext(row.provider(), row.model(), false, false));
		ServiceTier tier = normalized.serviceTier();
		return new UsageReport.Checked("direct", normalized.usage(), (tier != null) ? tier : ServiceTier.STANDARD,
				normalized.regional(), normalized.reasons());
	}

}
