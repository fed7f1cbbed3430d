package io.github.costwise.benchmarks.eval.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.pricing.PriceList;
import io.github.costwise.pricing.PriceRow;
import io.github.costwise.spi.CatalogFormatException;

/**
 * Looks for what does not fit together in a price list: the shipped one, or any in the
 * catalogue's own format or in LiteLLM's. Says what is odd and changes nothing. Holds no
 * state between checks and is thread-safe.
 *
 * @param rows how many rows were checked
 * @param findings what was found, by model
 * @since 0.1.0
 */
public record CatalogCheck(int rows, List<CatalogFinding> findings) {

	/** Beside the classes that read it. */
	private static final String SHIPPED = "catalog.csv";

	private static final Comparator<CatalogFinding> ORDER = Comparator.comparing(CatalogFinding::kind)
		.thenComparing(CatalogFinding::model);

	/**
	 * Checks the shipped catalogue.
	 * @param reachable the providers that hosts and clients lead to
	 * @return the findings
	 */
	public static CatalogCheck shipped(Set<String> reachable) {
		try (InputStream in = PriceRow.class.getResourceAsStream(SHIPPED)) {
			return of(SHIPPED, Objects.requireNonNull(in).readAllBytes(), reachable);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks a price list: in LiteLLM's format when it begins with a brace, else in the
	 * catalogue's own.
	 * @param name the name of the file, for messages
	 * @param text the list in UTF-8
	 * @param reachable the providers that hosts and clients lead to
	 * @return the findings
	 * @throws CatalogFormatException if it cannot be read, with the line where that shows
	 */
	public static CatalogCheck of(String name, byte[] text, Set<String> reachable) {
		PriceList prices = PriceList.read(name, text);
		List<CatalogFinding> findings = new ArrayList<>();
		prices.rejections().forEach((rejection) -> findings.add(rejected(rejection)));
		findings.addAll(findings(prices.rows(), CatalogExceptions.read(name, new String(text, StandardCharsets.UTF_8)),
				reachable));
		int rows = prices.rows().size() + prices.rejections().size();
		if (rows == 0) {
			throw new CatalogFormatException(name, 1, "it holds no prices", null);
		}
		findings.sort(ORDER);
		return new CatalogCheck(rows, List.copyOf(findings));
	}

	private static CatalogFinding rejected(String rejection) {
		int colon = rejection.indexOf(": ");
		String reason = rejection.substring(colon + 2);
		FindingKind kind = !reason.contains(" is more expensive than ") ? FindingKind.BOUNDS
				: reason.startsWith(BilledUnit.CACHE_READ.name()) ? FindingKind.DEAR_READS : FindingKind.CHEAP_WRITES;
		return new CatalogFinding(kind, rejection.substring(0, colon), reason);
	}

	private static List<CatalogFinding> findings(Collection<PriceRow> rows, CatalogExceptions exceptions,
			Set<String> reachable) {
		Map<ModelId, List<PriceRow>> models = new TreeMap<>(
				Comparator.comparing(ModelId::provider).thenComparing(ModelId::model));
		rows.forEach((row) -> models.computeIfAbsent(row.id(), (id) -> new ArrayList<>()).add(row));
		models.values().forEach((dated) -> dated.sort(Comparator.comparing(PriceRow::from)));
		List<CatalogFinding> findings = new ArrayList<>();
		RateRules rates = new RateRules(exceptions, findings);
		DateRules dates = new DateRules(exceptions, findings);
		models.values().forEach((dated) -> {
			dated.forEach(rates::check);
			dates.check(dated);
		});
		new NameRules(models, exceptions, findings).check();
		new ResaleRules(models, findings).check();
		models.keySet()
			.stream()
			.filter((id) -> !reachable.contains(id.provider()))
			.forEach((id) -> findings.add(new CatalogFinding(FindingKind.UNREACHABLE_PROVIDER, id.toString(),
					"no host and no client leads to the provider " + id.provider())));
		exceptions.unused()
			.forEach((text) -> findings
				.add(new CatalogFinding(FindingKind.NEEDLESS_EXCEPTION, text, "no row needs it")));
		return findings;
	}

}
