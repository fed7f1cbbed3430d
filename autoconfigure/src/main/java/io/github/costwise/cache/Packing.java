package io.github.costwise.cache;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Packs bytes that mostly repeat other texts, which are at hand when they are read. Short
 * ones are left as they are.
 */
final class Packing {

	private static final int WORTH_IT = 192;

	/** As far back as the format can point. */
	private static final int WINDOW = 32_000;

	private static final int MOST = 64 << 20;

	/**
	 * What answers of providers have in common; a change needs a new version of entries.
	 */
	private static final String COMMON = "{\"id\":\"msg_\",\"container\":null,\"content\":[{\"citations\":null,\"type\":"
			+ "\"thinking\",\"signature\":\"\",\"thinking\":\"\"},{\"data\":\"\",\"type\":\"redacted_thinking\"},"
			+ "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":,\"end_index\":,\"title\":\"\",\"url\":\"\"}},"
			+ "{\"type\":\"char_location\",\"cited_text\":\"\",\"document_index\":0,\"document_title\":\"\","
			+ "\"end_char_index\":,\"file_id\":null,\"start_char_index\":},{\"citations\":[],\"text\":\"\",\"type\":"
			+ "\"text\"}],\"model\":\"claude-\",\"role\":\"assistant\",\"stop_details\":null,\"stop_reason\":\"end_turn\","
			+ "\"stop_sequence\":null,\"type\":\"message\",\"usage\":{\"cache_creation\":{\"ephemeral_1h_input_tokens\":0,"
			+ "\"ephemeral_5m_input_tokens\":0},\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
			+ "\"inference_geo\":null,\"input_tokens\":,\"output_tokens\":,\"server_tool_use\":null,\"service_tier\":"
			+ "\"standard\"}}";

	private Packing() {
	}

	static byte[] hints(Stream<@Nullable String> texts) {
		String joined = RecordedCodec.present(texts).collect(Collectors.joining());
		String tail = joined.substring(Math.max(0, joined.length() - WINDOW)) + COMMON;
		byte[] bytes = tail.getBytes(StandardCharsets.UTF_8);
		return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - WINDOW), bytes.length);
	}

	static void write(byte[] bytes, Supplier<byte[]> hints, BodyWriter out) {
		byte[] packed = (bytes.length > WORTH_IT) ? pack(bytes, hints.get()) : bytes;
		boolean smaller = packed.length < bytes.length;
		out.number(bytes.length).number(smaller ? packed.length : 0).raw(smaller ? packed : bytes);
	}

	private static byte[] pack(byte[] bytes, byte[] hints) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		try {
			deflater.setDictionary(hints);
			deflater.setInput(bytes);
			deflater.finish();
			ByteArrayOutputStream packed = new ByteArrayOutputStream();
			byte[] buffer = new byte[1024];
			while (!deflater.finished()) {
				packed.write(buffer, 0, deflater.deflate(buffer));
			}
			return packed.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	static byte[] read(BodyReader in, Supplier<byte[]> hints) {
		long size = in.number();
		int packed = in.count();
		if (size < 0 || size > MOST) {
			throw BodyReader.damaged();
		}
		return (packed == 0) ? in.raw((int) size) : unpack(in.raw(packed), (int) size, hints.get());
	}

	private static byte[] unpack(byte[] packed, int size, byte[] hints) {
		Inflater inflater = new Inflater(true);
		try {
			inflater.setDictionary(hints);
			inflater.setInput(packed);
			byte[] bytes = new byte[size];
			int at = 0;
			while (at < size) {
				int more = inflater.inflate(bytes, at, size - at);
				if (more == 0) {
					throw BodyReader.damaged();
				}
				at += more;
			}
			return bytes;
		}
		catch (DataFormatException | IllegalArgumentException ex) {
			throw BodyReader.damaged();
		}
		finally {
			inflater.end();
		}
	}

}
