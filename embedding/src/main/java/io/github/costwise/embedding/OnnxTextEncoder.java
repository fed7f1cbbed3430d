package io.github.costwise.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.springframework.util.function.ThrowingSupplier;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;

/**
 * Encodes text in process with an ONNX model. Nothing is loaded before {@link #start()}
 * or the first text; loading runs on a thread of its own, takes about a second, and
 * callers wait for it. If it fails, that is reported once and every text fails fast.
 * Thread-safe; a text uses one thread, the caller's.
 * <p>
 * A list gives the same vectors as its texts one by one unless
 * {@link OnnxSettings#batchSize()} is above one. Models that are quantised dynamically,
 * as the default one is, choose their scale by everything in a run, padding included, so
 * that batches shift their vectors.
 *
 * @since 0.1.0
 */
public final class OnnxTextEncoder implements TextEncoder, AutoCloseable {

	private final OnnxSettings settings;

	private final Faults faults;

	private final Team team;

	private final ThrowingSupplier<Loaded> loader;

	private final AtomicBoolean started = new AtomicBoolean();

	private final CompletableFuture<Loaded> loading = new CompletableFuture<>();

	/**
	 * Creates an encoder and loads nothing.
	 * @param settings what it is made of
	 * @param background loads the model, and reports when that fails
	 */
	public OnnxTextEncoder(OnnxSettings settings, Background background) {
		this(settings, background, () -> Loaded.load(settings));
	}

	OnnxTextEncoder(OnnxSettings settings, Background background, ThrowingSupplier<Loaded> loader) {
		this.settings = settings;
		this.faults = background.faults();
		this.team = background.team("encoder-start", Faults.Kind.ENCODER);
		this.loader = loader;
	}

	/**
	 * Checks that there are native libraries for this machine.
	 * @throws io.github.costwise.CostwiseConfigurationException if there are none
	 */
	public static void checkPlatform() {
		NativeLibraries.check(Platform.current(), OnnxTextEncoder.class.getClassLoader());
	}

	/** Starts to load in the background, if that was not started before. */
	public void start() {
		if (this.started.compareAndSet(false, true)) {
			this.team.start(this::load);
		}
	}

	/**
	 * Linkage errors count too: they are how a machine without fitting natives shows, and
	 * at the first text another version of the runtime on the class path.
	 */
	private void load() {
		try {
			Loaded loaded = this.loader.getWithException();
			loaded.encode("");
			this.loading.complete(loaded);
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.ENCODER, ex);
			this.loading.completeExceptionally(ex);
		}
	}

	/**
	 * Returns whether a text would be encoded without waiting for the start.
	 * @return whether loading has succeeded
	 */
	public boolean isReady() {
		return this.loading.isDone() && !this.loading.isCompletedExceptionally();
	}

	@Override
	public float[] encode(String text) {
		return loaded().encode(text);
	}

	@Override
	public List<float[]> encode(List<String> texts) {
		if (texts.isEmpty()) {
			return List.of();
		}
		Loaded loaded = loaded();
		List<long[]> tokens = texts.stream().map(loaded::tokens).toList();
		int[] order = byLength(tokens);
		float[][] vectors = new float[order.length][];
		for (int from = 0; from < order.length; from += this.settings.batchSize()) {
			int[] batch = Arrays.copyOfRange(order, from, Math.min(from + this.settings.batchSize(), order.length));
			encode(batch, tokens, vectors, loaded);
		}
		return new ArrayList<>(Arrays.asList(vectors));
	}

	/** Texts of like length need little padding. */
	private static int[] byLength(List<long[]> tokens) {
		return IntStream.range(0, tokens.size())
			.boxed()
			.sorted(Comparator.comparingInt((index) -> tokens.get(index).length))
			.mapToInt(Integer::intValue)
			.toArray();
	}

	private static void encode(int[] batch, List<long[]> tokens, float[][] vectors, Loaded loaded) {
		float[][] encoded = loaded.encode(Arrays.stream(batch).mapToObj(tokens::get).toArray(long[][]::new));
		for (int i = 0; i < batch.length; i++) {
			vectors[batch[i]] = encoded[i];
		}
	}

	@Override
	public int dimensions() {
		return loaded().model().dimensions();
	}

	@Override
	public String id() {
		return loaded().id();
	}

	@Override
	public double known(String text) {
		return loaded().known(text);
	}

	@Override
	public boolean isMultilingual() {
		return this.settings.multilingual();
	}

	private Loaded loaded() {
		start();
		try {
			return this.loading.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TextEncodingException("Interrupted while the text encoder starts.", ex);
		}
		catch (ExecutionException ex) {
			throw new TextEncodingException(StartFailure.message(ex.getCause(), Platform.current()), ex.getCause());
		}
	}

	/** Waits for the texts that are being encoded; later ones fail. */
	@Override
	public void close() {
		if (this.started.compareAndSet(false, true)) {
			this.loading.completeExceptionally(new IllegalStateException("it is closed"));
		}
		this.loading.thenAccept(Loaded::close);
	}

}
