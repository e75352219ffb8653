import Glibc

/// What the system says about an error number, in English whatever the locale.
public func systemReason(_ code: Int32) -> String {
  switch code {
  case ENOENT: "no such file or folder"
  case EACCES, EPERM: "permission denied"
  case ENOSPC: "no space left on the device"
  case EDQUOT: "disk quota exceeded"
  case EFBIG: "file too large"
  case EROFS: "read-only file system"
  case EEXIST: "exists already"
  case EISDIR: "is a folder"
  case ENOTDIR: "not a folder"
  case ELOOP: "too many symbolic links"
  case EMFILE, ENFILE: "too many open files"
  case EIO: "input/output error"
  case ENOMEM: "out of memory"
  case EBADF: "it is closed"
  case EBUSY: "busy"
  case EINVAL: "invalid argument"
  case ENAMETOOLONG: "the name is too long"
  case ENXIO, ENODEV: "no such device"
  case ESTALE: "the file is gone from its server"
  case ETIMEDOUT: "timed out"
  case EPIPE: "the reader is gone"
  default: "system error \(code)"
  }
}
