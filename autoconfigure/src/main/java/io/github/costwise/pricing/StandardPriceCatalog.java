package io.github.costwise.pricing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.PriceLookup;
import io.github.costwise.spi.CatalogFormatException;
import io.github.costwise.spi.PriceCatalog;

/**
 * The catalogue shipped with Costwise, under prices read from a LiteLLM price list, under
 * rows of the application's own. A name finds its exact row, else an alias, else the row
 * of the name without path, region, date or revision. Thread-safe; new data is swapped in
 * whole.
 *
 * @since 0.1.0
 */
public final class StandardPriceCatalog implements PriceCatalog {

	private final FutureTask<CatalogFile> reading = new FutureTask<>(CatalogFile::shipped);

	private final List<CatalogEntry> overrides;

	private final String overridesMark;

	private volatile @Nullable CatalogState state;

	/**
	 * Creates the catalogue as shipped.
	 */
	public StandardPriceCatalog() {
		this(List.of());
	}

	/**
	 * Creates the catalogue with rows that replace those of the same models.
	 * @param overrides the rows
	 */
	public StandardPriceCatalog(Collection<PriceRow> overrides) {
		this(overrides, new Background(new Faults()));
	}

	/**
	 * Creates the catalogue with rows that replace those of the same models.
	 * @param overrides the rows
	 * @param background reads the shipped file
	 */
	public StandardPriceCatalog(Collection<PriceRow> overrides, Background background) {
		this.overrides = overrides.stream().map(CatalogEntry::of).toList();
		this.overridesMark = overrides.isEmpty() ? "" : "+own-" + mark(overrides.toString());
		background.team("price-catalog", Faults.Kind.CATALOG).start(this.reading);
	}

	/**
	 * The shipped file is read on a thread of its own, so that the start of the
	 * application does not wait for it; whoever asks for a price before it is there does.
	 */
	private CatalogFile shipped() {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.reading.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof CatalogFormatException malformed) ? malformed
					: new IllegalStateException("The price catalogue cannot be read", ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private CatalogState state() {
		CatalogState known = this.state;
		return (known != null) ? known : initialState(shipped());
	}

	/**
	 * Nobody waits for the file within the monitor, which would hold a virtual thread.
	 */
	private synchronized CatalogState initialState(CatalogFile shipped) {
		CatalogState known = this.state;
		if (known == null) {
			known = new CatalogState(index("", List.of(), Instant.MIN), List.of(), shipped.asOf(), "shipped", null,
					List.of());
			this.state = known;
		}
		return known;
	}

	static String mark(String text) {
		CRC32 crc = new CRC32();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		return String.format("%08x", crc.getValue());
	}

	private CatalogIndex index(String importedMark, Collection<CatalogEntry> imported, Instant at) {
		String version = shipped().version() + importedMark + this.overridesMark;
		return new CatalogIndex(version, List.of(new CatalogLayer(shipped().entries(), Instant.MIN),
				new CatalogLayer(imported, at), new CatalogLayer(this.overrides, Instant.MIN)));
	}

	/** Swaps in the rows of a price list in place of those of the one before. */
	synchronized void replaceImported(LiteLlmPrices imported, LocalDate asOf, Instant now) {
		List<CatalogEntry> entries = imported.rows().stream().map(CatalogEntry::of).toList();
		this.state = new CatalogState(index("+litellm-" + imported.mark(), entries, now), imported.rows(), asOf,
				imported.location(), now, imported.rejections());
	}

	/** Keeps the data and notes why a refresh was refused. */
	synchronized void refused(String reason) {
		CatalogState old = state();
		List<String> reasons = new ArrayList<>(old.rejections());
		reasons.removeIf((text) -> text.startsWith(CatalogState.REFUSED));
		reasons.add(0, CatalogState.REFUSED + reason);
		this.state = new CatalogState(old.index(), old.imported(), old.asOf(), old.source(), old.lastRefresh(),
				List.copyOf(reasons));
	}

	/** What a new price list is compared with; the application's own rows are not. */
	PriceChecks.KnownPrices known(Instant at) {
		Map<ModelId, PriceRow> imported = new HashMap<>();
		state().imported().forEach((row) -> imported.put(row.id(), row));
		CatalogIndex below = new CatalogIndex("", List.of(new CatalogLayer(shipped().entries(), Instant.MIN)));
		return new PriceChecks.KnownPrices(imported, below, at);
	}

	@Override
	public @Nullable ModelPrice find(ModelId model, Instant at) {
		return state().index().find(model, at);
	}

	@Override
	public @Nullable PriceLookup lookUp(ModelId model, Instant at) {
		return state().index().lookUp(model, at);
	}

	@Override
	public String version() {
		return state().index().version();
	}

	@Override
	public @Nullable ModelPrice mostExpensive(String provider, Instant at) {
		return state().index().mostExpensive(provider, at);
	}

	@Override
	public CatalogInfo info() {
		CatalogState now = state();
		List<String> first = now.rejections().subList(0, Math.min(CatalogState.SHOWN, now.rejections().size()));
		return new CatalogInfo(now.index().version(), now.asOf(), now.index().size(), now.source(), now.lastRefresh(),
				now.rejections().size(), first);
	}

	private record CatalogState(CatalogIndex index, List<PriceRow> imported, LocalDate asOf, String source,
			@Nullable Instant lastRefresh, List<String> rejections) {

		static final String REFUSED = "refresh refused: ";

		static final int SHOWN = 20;

	}

}
