package io.github.costwise.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Moves files.
 *
 * @since 0.1.0
 */
public final class FileOnDisk {

	private static final int MOST = 100;

	private FileOnDisk() {
	}

	/**
	 * Puts a file in the place of another one, so that it stays there whatever happens to
	 * the machine, as far as the system can tell.
	 * @param fresh the new file
	 * @param path where it is to stand
	 * @throws IOException if it cannot be moved
	 */
	public static void replace(Path fresh, Path path) throws IOException {
		Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forceFolder(path.toAbsolutePath().getParent());
	}

	private static void forceFolder(@Nullable Path folder) {
		if (folder == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// not every system lets a folder be opened
		}
	}

	/**
	 * Gives a file another name that nothing has.
	 * @param path the file
	 * @param ending what is added to its name; a number follows where that name is taken
	 * @return where it stands now
	 * @throws IOException if it cannot be moved
	 */
	public static Path moveAside(Path path, String ending) throws IOException {
		return Files.move(path, free(path, ending));
	}

	/**
	 * Writes a file under a name that nothing has.
	 * @param path the file beside which it is to stand
	 * @param ending what is added to its name; a number follows where that name is taken
	 * @param bytes the bytes
	 * @return where it stands
	 * @throws IOException if it cannot be written
	 */
	public static Path writeBeside(Path path, String ending, byte[] bytes) throws IOException {
		Path aside = free(path, ending);
		try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
			out.write(bytes);
			out.getFD().sync();
		}
		return aside;
	}

	private static Path free(Path path, String ending) throws IOException {
		for (int i = 1; i <= MOST; i++) {
			Path aside = path.resolveSibling(path.getFileName() + ending + ((i == 1) ? "" : "." + i));
			if (!Files.exists(aside)) {
				return aside;
			}
		}
		throw new IOException("there are " + MOST + " files beside it that end with " + ending);
	}

}
