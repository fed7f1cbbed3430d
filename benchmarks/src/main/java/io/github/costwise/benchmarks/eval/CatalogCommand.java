package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.benchmarks.eval.catalog.CatalogCheck;
import io.github.costwise.benchmarks.eval.catalog.CatalogFinding;
import io.github.costwise.spi.CatalogFormatException;

/** Looks for what does not fit together in the shipped catalogue or in a price list. */
final class CatalogCommand implements EvalCommand {

	private static final int EXAMPLES = 20;

	private static final String INPUT = "input";

	@Override
	public String name() {
		return "catalog";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option(INPUT, "F", false));
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws IOException {
		CatalogCheck check = options.has(INPUT) ? check(options.file(INPUT)) : CatalogCheck.shipped(Providers.known());
		Map<String, Integer> kinds = new TreeMap<>();
		check.findings().forEach((finding) -> kinds.merge(name(finding.kind()), 1, Integer::sum));
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("rows", check.rows());
		result.put("findings", check.findings().size());
		result.put("findingsByKind", kinds);
		result.put("examples", check.findings().stream().limit(EXAMPLES).map(CatalogCommand::example).toList());
		return result;
	}

	private static CatalogCheck check(Path file) throws IOException {
		try {
			return CatalogCheck.of(file.toString(), bytes(file), Providers.known());
		}
		catch (ZipException ex) {
			throw new BadInputException(file, 1, "not gzip");
		}
		catch (CatalogFormatException ex) {
			throw new BadInputException(String.valueOf(ex.getMessage()));
		}
	}

	private static byte[] bytes(Path file) throws IOException {
		if (!file.toString().endsWith(".gz")) {
			return Files.readAllBytes(file);
		}
		try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
			return in.readAllBytes();
		}
	}

	private static String example(CatalogFinding finding) {
		return name(finding.kind()) + ": " + finding;
	}

	private static String name(CatalogFinding.FindingKind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
